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
// # Judgement
//
// [Loopholes] reads findings out of the facts. A [Finding] names what one list catches and another does not, and its
// kind: scope-gap (the other list has no control that touches those items), threshold-gap (it has one, which draws the
// line elsewhere) or exclusion-gap (its exceptions release them). Every difference carries a grade, see [scope.Grade]:
// none is dropped, each can be filtered.
//
// A finding has a fingerprint, made of its kind, lists and codes. A reviewed one can be waived by it, with a reason, until a
// date: [ParseWaivers] reads waivers and [Waive] sets their findings apart. A waiver that matches nothing
// (stale-waiver), or that matches and has expired (expired-waiver), is a finding itself.
//
// Only items of kinds that a list covers are held against it: of what an edition has not encoded nothing is claimed.
//
// # Reports
//
// [Compare] makes a [Report]. [WriteText] writes one page for a person, [WriteMarkdown] all findings as tables, [WriteJSON]
// everything for programs, [WriteCSV] a row a region, [WriteHTML] one page with filters that needs nothing else, and
// [WriteSARIF] the findings with the lines of the lists' files. [WriteOSCAL] and [WriteSTRM] write mappings. What
// data say is text in all of them, never markup or a formula, and the same report is the same bytes.
package diff
