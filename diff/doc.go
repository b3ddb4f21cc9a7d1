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
// residue decides. These speak of the items caught: a list that catches a subset is the looser control.
//
// # Judgement
//
// [Loopholes] reads findings out of the facts. A [Finding] names what one list catches and another does not, and its
// kind: scope-gap (the other list has no control that touches those items), threshold-gap (it has one, which draws the
// line elsewhere) or exclusion-gap (its exceptions release them). Every difference carries a grade, see [scope.Grade]:
// none is dropped, each can be filtered.
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
// Only items of kinds that a list covers are held against it: of what an edition has not encoded nothing is claimed.
package diff
