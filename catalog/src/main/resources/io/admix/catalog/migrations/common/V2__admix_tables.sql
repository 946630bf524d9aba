-- Times are microseconds since 1970 in UTC.
CREATE TABLE ${admix}datasets (
  dataset_id ${key} NOT NULL PRIMARY KEY,
  kind ${key} NOT NULL,
  -- Who writes the rows of a DRAFT at present; NULL when nobody does.
  writer ${text}, writer_until bigint,
  -- The dataset whose rows these will replace.
  replaces ${key});
CREATE TABLE ${admix}names (
  owner ${text} NOT NULL, name ${text} NOT NULL, task_id ${key}, dataset_id ${key} NOT NULL, PRIMARY KEY (owner, name));
CREATE INDEX ${index}names_by_name ON ${admix}names (name);
CREATE INDEX ${index}names_by_dataset ON ${admix}names (dataset_id);
CREATE TABLE ${admix}targets (path ${text} NOT NULL PRIMARY KEY, task_id ${key}, dataset_id ${key} NOT NULL);
CREATE INDEX ${index}targets_by_dataset ON ${admix}targets (dataset_id);
CREATE TABLE ${admix}tasks (
  id ${key} NOT NULL PRIMARY KEY, name ${text} NOT NULL, owner ${text} NOT NULL, status ${key} NOT NULL, phase ${key} NOT NULL,
  resumable int NOT NULL, recipe ${text} NOT NULL, recipe_sha256 ${key} NOT NULL, target_path ${text} NOT NULL, dataset_id ${key} NOT NULL,
  plan_sha256 ${key}, manifest_sha256 ${key}, staging_inode bigint NOT NULL, entries bigint NOT NULL, files bigint NOT NULL, bytes bigint NOT NULL,
  error ${text}, report ${text}, cancel_requested int NOT NULL, runner ${text}, lease_until bigint, fence bigint NOT NULL,
  created_at bigint NOT NULL, updated_at bigint NOT NULL);
CREATE INDEX ${index}tasks_by_time ON ${admix}tasks (created_at);
-- The ids of a run's rows are one unbroken range, so that the rows can be found again without a column of ours in DataMate's table.
CREATE TABLE ${admix}receipts (
  task_id ${key} NOT NULL, run bigint NOT NULL, files int NOT NULL, failures int NOT NULL, bytes bigint NOT NULL, row_count int NOT NULL,
  boot_id ${key} NOT NULL, details ${blob} NOT NULL, first_row ${key}, last_row ${key}, PRIMARY KEY (task_id, run));
CREATE TABLE ${admix}failures (
  task_id ${key} NOT NULL, run bigint NOT NULL, entry int NOT NULL, source ${text} NOT NULL, path ${text} NOT NULL, reason ${text} NOT NULL,
  detail ${text} NOT NULL, PRIMARY KEY (task_id, run, entry));
CREATE TABLE ${admix}version (schema int NOT NULL PRIMARY KEY, written_by ${text} NOT NULL);
INSERT INTO ${admix}version (schema, written_by) VALUES (2, '${writtenBy}');
