-- What the service needs. Times are microseconds since 1970 in UTC.
-- task_name: what the task is called, NULL where it is the dataset's name; search_name: the same in lower case, for finding.
-- takeovers: how often a runner took it from a dead one since it last got on.
ALTER TABLE ${admix}tasks ADD COLUMN task_name ${text};
ALTER TABLE ${admix}tasks ADD COLUMN search_name ${text} NOT NULL DEFAULT '';
ALTER TABLE ${admix}tasks ADD COLUMN origin ${key} NOT NULL DEFAULT 'COMMAND';
ALTER TABLE ${admix}tasks ADD COLUMN takeovers int NOT NULL DEFAULT 0;
UPDATE ${admix}tasks SET search_name = lower(name);
-- What servers look at once a second: only tasks that are theirs, and only unfinished ones.
CREATE INDEX ${index}tasks_queued ON ${admix}tasks (owner, status, id) WHERE origin <> 'COMMAND' AND status IN ('PENDING', 'RUNNING');
-- When a task of an owner was last begun by a server: who waited longest comes next.
CREATE TABLE ${admix}served (owner ${text} NOT NULL PRIMARY KEY, served_at bigint NOT NULL);
CREATE TABLE ${admix}events (
  task_id ${key} NOT NULL, seq bigint NOT NULL, at bigint NOT NULL, status ${key} NOT NULL, phase ${key} NOT NULL,
  entries bigint NOT NULL, files bigint NOT NULL, bytes bigint NOT NULL, message ${text}, PRIMARY KEY (task_id, seq));
-- A request that is sent twice creates one task.
CREATE TABLE ${admix}request_keys (
  owner ${text} NOT NULL, request_key ${text} NOT NULL, sha256 ${key} NOT NULL, task_id ${key} NOT NULL, created_at bigint NOT NULL,
  PRIMARY KEY (owner, request_key));
CREATE INDEX ${index}request_keys_by_time ON ${admix}request_keys (created_at);
CREATE INDEX ${index}request_keys_by_task ON ${admix}request_keys (task_id);
-- Names of DataMate's ratio tasks, without blanks around them: its own table may hold duplicates and gets no constraint.
CREATE TABLE ${admix}ratio_names (owner ${text} NOT NULL, name ${text} NOT NULL, task_id ${key} NOT NULL, PRIMARY KEY (owner, name));
CREATE INDEX ${index}ratio_names_by_name ON ${admix}ratio_names (name);
CREATE INDEX ${index}ratio_names_by_task ON ${admix}ratio_names (task_id);
-- What all processes of this catalogue must agree on, such as the mark of the state folder that they share.
CREATE TABLE ${admix}facts (name ${key} NOT NULL PRIMARY KEY, value ${text} NOT NULL);
INSERT INTO ${admix}version (schema, written_by) VALUES (3, '${writtenBy}');
