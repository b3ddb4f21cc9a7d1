// Package regime is the model of export-control law: authorities and the lists they issue, the editions of each
// list, and what each paragraph of an edition catches.
//
// # Words
//
// An authority issues lists: a regime, a bloc or a jurisdiction. An [Edition] is a list as in force from a
// date until the next one. A [Paragraph] is a numbered control or one of its lettered parts, and states a
// criterion on items ([scope.Criterion]). A [Corpus] holds editions, authorities and the vocabulary that
// criteria speak of.
//
// # Loading
//
// [Builtin] is the corpus that the module carries; [Load] reads one from any [io/fs.FS]; [ParseList],
// [ParseVocabulary] and [ParseAuthority] read single files. Loading is strict. Every fault is a [scope.Error]
// with file, line and column, the offending value and the remedy; all faults are returned at once, and a file
// that is wrong takes nothing else with it. Errors match [scope.ErrData]. The form of the files is described in
// schemas/README.md.
//
// # As-of queries
//
// [Corpus.At] gives the editions in force on a date. [Corpus.Newest] gives the newest, which need not be in force
// today: editions have dates, and only dates decide. A date may lack its day or month, and keeps that.
//
// # Meaning
//
// Criteria refer to other paragraphs. [Corpus.Criterion] gives everything that a paragraph catches, with what it
// inherits and without references, ready for [scope.Space.Compile]:
//
//   - what its ancestors and it state, and any of its paragraphs, less the exceptions of all of them and of general notes;
//   - or one of the branches ("specially designed components therefor") of it or of a paragraph below;
//   - residue that narrows is joined by and, residue that widens by or, as a predicate that nobody can evaluate;
//   - a code names a paragraph with all below, a group every topmost code that begins with it at a boundary ("3A", "3.A"),
//     and a range the siblings between its ends;
//   - what holds the citing paragraph means the rest of it, without the branch that cites;
//   - a cycle through the target of a relation or the part of a thing unfolds once, and is the residue "cycle:CODE"
//     deeper; on one item it is an error;
//   - a code of another list means that list's edition in force on the date of the citing edition; what is not
//     loaded or not encoded is the opaque predicate "LIST:CODE".
//
// # Limits
//
// Files are limited to 16 MiB, a nesting of 100 and 2 000 000 nodes after aliases. Nothing here is legal advice:
// a list says what of it is encoded ([Edition.Covers]), and says nothing of the rest.
package regime
