-- DataMate's tables, made only where they are not there; existing ones are never altered, nor get an index. Times are local time without a zone.
-- Asked for before, and not by IF NOT EXISTS, which needs the right to make tables in the schema even where there is nothing to make.
DO $$
BEGIN
IF to_regclass('${datamateText}t_dm_datasets') IS NULL THEN
CREATE TABLE ${datamate}t_dm_datasets (
  id varchar(36) PRIMARY KEY, name varchar(255) NOT NULL, description text, dataset_type varchar(50) NOT NULL, category varchar(100),
  path varchar(500), format varchar(50), schema_info jsonb, size_bytes bigint DEFAULT 0, file_count bigint DEFAULT 0, record_count bigint DEFAULT 0,
  retention_days int DEFAULT 0, tags jsonb, metadata jsonb, status varchar(50) DEFAULT 'DRAFT', is_public boolean DEFAULT false,
  is_featured boolean DEFAULT false, version bigint NOT NULL DEFAULT 0, created_at timestamp DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp DEFAULT CURRENT_TIMESTAMP, created_by varchar(255), updated_by varchar(255));
END IF;
IF to_regclass('${datamateText}t_dm_dataset_files') IS NULL THEN
CREATE TABLE ${datamate}t_dm_dataset_files (
  id varchar(36) PRIMARY KEY, dataset_id varchar(36) NOT NULL REFERENCES ${datamate}t_dm_datasets (id) ON DELETE CASCADE,
  file_name varchar(255) NOT NULL, file_path varchar(1000) NOT NULL, file_type varchar(50), file_size bigint DEFAULT 0, check_sum varchar(64),
  tags jsonb, tags_updated_at timestamp, annotation jsonb, metadata jsonb, status varchar(50) DEFAULT 'ACTIVE', upload_time timestamp,
  last_access_time timestamp, created_at timestamp DEFAULT CURRENT_TIMESTAMP, updated_at timestamp DEFAULT CURRENT_TIMESTAMP);
CREATE INDEX idx_dm_dataset_files_dataset ON ${datamate}t_dm_dataset_files (dataset_id);
END IF;
IF to_regclass('${datamateText}t_st_ratio_instances') IS NULL THEN
CREATE TABLE ${datamate}t_st_ratio_instances (
  id varchar(64) PRIMARY KEY, name varchar(64), description text, target_dataset_id varchar(64), ratio_parameters jsonb, merge_method varchar(50),
  status varchar(20), totals bigint, created_at timestamp, updated_at timestamp, created_by varchar(255), updated_by varchar(255));
END IF;
IF to_regclass('${datamateText}t_st_ratio_relations') IS NULL THEN
CREATE TABLE ${datamate}t_st_ratio_relations (
  id varchar(64) PRIMARY KEY, ratio_instance_id varchar(64) REFERENCES ${datamate}t_st_ratio_instances (id) ON DELETE CASCADE,
  source_dataset_id varchar(64), ratio_value varchar(256), counts bigint, filter_conditions text, created_at timestamp, updated_at timestamp,
  created_by varchar(255), updated_by varchar(255));
END IF;
IF to_regclass('${datamateText}t_lineage_node') IS NULL THEN
CREATE TABLE ${datamate}t_lineage_node (
  id varchar(36) PRIMARY KEY, graph_id varchar(36) NOT NULL, node_type varchar(64) NOT NULL, name varchar(256) NOT NULL, description text,
  node_metadata text);
END IF;
IF to_regclass('${datamateText}t_lineage_edge') IS NULL THEN
CREATE TABLE ${datamate}t_lineage_edge (
  id varchar(36) PRIMARY KEY, process_id varchar(36) NOT NULL, graph_id varchar(36) NOT NULL, edge_type varchar(64) NOT NULL, name varchar(256),
  description text, edge_metadata text, from_node_id varchar(36) NOT NULL, to_node_id varchar(36) NOT NULL);
END IF;
END $$;
