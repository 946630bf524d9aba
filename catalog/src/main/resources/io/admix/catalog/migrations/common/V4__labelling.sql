-- How the files of a registered folder got their labels, so that a rescan makes those of new files alike; NULL where it is not known.
-- tags_file: below the folder, or NULL: it describes the files and is none of them.
ALTER TABLE ${admix}datasets ADD COLUMN labels_from_folders int;
ALTER TABLE ${admix}datasets ADD COLUMN tags_file ${text};
INSERT INTO ${admix}version (schema, written_by) VALUES (4, '${writtenBy}');
