// Package diff says where control lists agree, diverge and leave loopholes, exactly and with evidence.
//
// # Facts
//
// [Partition] is the primitive. N lists cut the items of every kind into regions by which of them control the item;
// every other answer is a reading of it. A [Region] carries the conditions that describe it, a witness that was
// classified again before it was returned, and the paragraphs on every side.
//
// [Relate] says how two lists relate as wholes, in the terms of NIST IR 8477 (Mapping Relationships Between
// Documentary Standards): equal-to, subset-of, superset-of, intersects-with, no-relationship, or unknown where
// residue decides. These speak of the items caught: a list that catches a subset is the looser control. [Mappings] says the
// same of the paragraphs of every two lists, each relation with items that show it.
//
// [Equivalents] says of every list whether it has an equivalent control of what a paragraph catches, or a stricter, looser or
// mixed one, or none, with the paragraphs and an item on each side; [Concordance] says the same for every paragraph of a
// list against one other, across unlike numbering. What one list splits over several paragraphs is compared together.
//
// # Judgement
//
// [Loopholes] reads findings out of the facts. A [Finding] names what one list catches and another does not, and its
// kind: scope-gap (the other list has no control that touches those items), threshold-gap (it has one, which draws the
// line elsewhere) or exclusion-gap (its exceptions release them). Every difference carries a grade, see [scope.Grade]:
// none is dropped, each can be filtered.
//
// Other ways out lie between laws rather than lines. [TechnologyGaps] finds goods that a list catches and not the technology or
// software for them; [LicenceGaps] what is listed and goes without a licence by an exception or general authorisation;
// [Routes] chains of transfers that need no licence, to where the direct one does; [MembershipGaps] what a regime controls
// and a supplier outside it does not; [SunsetGaps] controls that lapse or are due for review while others stay. Gaps in
// controls of end use and in the activities that a law covers are not computed: they take provisions beyond lists.
//
// # Editions
//
// [Editions] says what one edition of a list changed against another: an [Update] with a [Change] for every paragraph that
// differs, and what the list as a whole newly catches and releases. The [Effect] of a change (added, removed, moved,
// renumbered, tightened, loosened, mixed, undecidable or editorial) follows from the sets of items alone: another unit
// for the same number is editorial, and a title is never more. What a paragraph lost and another one catches is not released.
// Every [Shift] of items has a witness that was classified again under both editions, and a grade. Compile both editions into one view
// without [regime.Options.AnyDestination], so that a change of destinations counts:
//
//	regime.View{Editions: []*regime.Edition{old, new}}
//
// [Impact] classifies a catalogue under both and gives the items that are treated otherwise. [WriteEditionsText] and
// [WriteEditionsJSON] write an update.
//
// Only items of kinds that a list covers are held against it: of what an edition has not encoded nothing is claimed,
// and two editions are compared on what both cover or neither does.
//
// # Waivers
//
// A finding has a fingerprint, made of its kind, lists and codes. A reviewed one can be waived by it, with a reason, until a
// date: [ParseWaivers] reads waivers and [Waive] sets their findings apart. A waiver that matches nothing
// (stale-waiver), or that matches and has expired (expired-waiver), is a finding itself.
//
// # Reports
//
// [Compare] makes a [Report]. [WriteText] writes one page for a person, [WriteMarkdown] all findings as tables, [WriteJSON]
// everything for programs, [WriteCSV] a row a region, [WriteHTML] one page with filters that needs nothing else, and
// [WriteSARIF] the findings with the lines of the lists' files. [WriteOSCAL] and [WriteSTRM] write mappings. What
// data say is text in all of them, never markup or a formula, and the same report is the same bytes.
//
// # Time
//
// [Lags] says of each change of a list, as regions with a witness, when the law of others came to catch or to release the same
// items, computed from what their editions catch and never from what they say they implement. A date is a [Span], a lag
// a number of [Days] with two bounds: between two editions a change lies in an interval, before the first and after the last
// one end is open, and nothing is rounded or dropped. [Within] and [Quantile] count exactly what is known and what is
// possible:
//
//	in force within d days: surely the lags with Most <= d, possibly those with Least <= d
//	k/n quantile: between the (k/n)-th of all Least and the (k/n)-th of all Most, in order
//
// [LagGaps] reads findings out of them, of the kind lag-gap, with the [Window] in which what was decided was not yet in
// force. [Series] counts, at each date on which one of some lists changed, how many regions all lists that cover them control, how
// many exactly k lists control, and how many of a regime's each participant does; always of the same regions.
//
// # Metrics
//
// [Metrics] are counts of certain regions, never bare scores; each [Share] is a pair of integers, and what it leaves out is given by the
// indices of its regions. [Coverage] is, of the regions that a regime controls and a participant's lists cover, how many one of them controls.
// Alignment is, of the regions that two lists or more cover, how many all of them control. [Reciprocity] is what each of two issuers controls
// and the other, covering it, does not. The unilateral share is, of all regions, those that one controls. Regions are
// not equally wide: a count says where to look, not how much trade there is.
//
// # What if, and what to do
//
// [WhatIf] compares again with hypothetical editions in force, and says what they gain, lose, close and open. [Plan] finds the fewest single
// edits of a list that bring it to catch what another list or a regime does; each is made in memory, compiled and compared before
// it is proposed.
//
// Only items of kinds that a list covers are held against it: of what an edition has not encoded nothing is claimed.
package diff
