-- DataMate's tables as its own installation makes them (PostgreSQL): columns, indexes, triggers.
CREATE TABLE t_dm_datasets (
  id varchar(36) PRIMARY KEY, name varchar(255) NOT NULL, description text, dataset_type varchar(50) NOT NULL, category varchar(100),
  path varchar(500), format varchar(50), schema_info jsonb, size_bytes bigint DEFAULT 0, file_count bigint DEFAULT 0, record_count bigint DEFAULT 0,
  retention_days int DEFAULT 0, tags jsonb, metadata jsonb, status varchar(50) DEFAULT 'DRAFT', is_public boolean DEFAULT false,
  is_featured boolean DEFAULT false, version bigint NOT NULL DEFAULT 0, created_at timestamp DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp DEFAULT CURRENT_TIMESTAMP, created_by varchar(255), updated_by varchar(255));
CREATE INDEX idx_dm_dataset_type ON t_dm_datasets (dataset_type);
CREATE INDEX idx_dm_category ON t_dm_datasets (category);
CREATE INDEX idx_dm_format ON t_dm_datasets (format);
CREATE INDEX idx_dm_status ON t_dm_datasets (status);
CREATE INDEX idx_dm_public ON t_dm_datasets (is_public);
CREATE INDEX idx_dm_featured ON t_dm_datasets (is_featured);
CREATE INDEX idx_dm_created_at ON t_dm_datasets (created_at);
CREATE TABLE t_dm_dataset_files (
  id varchar(36) PRIMARY KEY, dataset_id varchar(36) NOT NULL, file_name varchar(255) NOT NULL, file_path varchar(1000) NOT NULL,
  file_type varchar(50), file_size bigint DEFAULT 0, check_sum varchar(64), tags jsonb, tags_updated_at timestamp, annotation jsonb,
  metadata jsonb, status varchar(50) DEFAULT 'ACTIVE', upload_time timestamp DEFAULT CURRENT_TIMESTAMP, last_access_time timestamp,
  created_at timestamp DEFAULT CURRENT_TIMESTAMP, updated_at timestamp DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT fk_dm_dataset_files_dataset FOREIGN KEY (dataset_id) REFERENCES t_dm_datasets (id) ON DELETE CASCADE);
CREATE INDEX idx_dm_dataset ON t_dm_dataset_files (dataset_id);
CREATE INDEX idx_dm_file_type ON t_dm_dataset_files (file_type);
CREATE INDEX idx_dm_file_status ON t_dm_dataset_files (status);
CREATE INDEX idx_dm_upload_time ON t_dm_dataset_files (upload_time);
CREATE TABLE t_st_ratio_instances (
  id varchar(64) PRIMARY KEY, name varchar(64), description text, target_dataset_id varchar(64), ratio_parameters jsonb, merge_method varchar(50),
  status varchar(20), totals bigint, created_at timestamp DEFAULT CURRENT_TIMESTAMP, updated_at timestamp DEFAULT CURRENT_TIMESTAMP,
  created_by varchar(255), updated_by varchar(255));
CREATE TABLE t_st_ratio_relations (
  id varchar(64) PRIMARY KEY, ratio_instance_id varchar(64), source_dataset_id varchar(64), ratio_value varchar(256), counts bigint,
  filter_conditions text, created_at timestamp DEFAULT CURRENT_TIMESTAMP, updated_at timestamp DEFAULT CURRENT_TIMESTAMP,
  created_by varchar(255), updated_by varchar(255));
CREATE INDEX idx_st_ratio_instances_target_dataset ON t_st_ratio_instances (target_dataset_id);
CREATE INDEX idx_st_ratio_instances_status ON t_st_ratio_instances (status);
CREATE INDEX idx_st_ratio_instances_created_at ON t_st_ratio_instances (created_at);
CREATE INDEX idx_st_ratio_relations_instance ON t_st_ratio_relations (ratio_instance_id);
CREATE INDEX idx_st_ratio_relations_source_dataset ON t_st_ratio_relations (source_dataset_id);
CREATE INDEX idx_st_ratio_relations_created_at ON t_st_ratio_relations (created_at);
ALTER TABLE t_st_ratio_relations ADD CONSTRAINT fk_st_ratio_relations_instance FOREIGN KEY (ratio_instance_id)
  REFERENCES t_st_ratio_instances (id) ON DELETE CASCADE;
CREATE TABLE t_lineage_node (
  id varchar(36) PRIMARY KEY, graph_id varchar(36) NOT NULL, node_type varchar(64) NOT NULL, name varchar(256) NOT NULL, description text,
  node_metadata text);
CREATE INDEX idx_lineage_node_id ON t_lineage_node (id);
CREATE INDEX idx_lineage_graph_id ON t_lineage_node (graph_id);
CREATE TABLE t_lineage_edge (
  id varchar(36) PRIMARY KEY, process_id varchar(36) NOT NULL, graph_id varchar(36) NOT NULL, edge_type varchar(64) NOT NULL, name varchar(256),
  description text, edge_metadata text, from_node_id varchar(36) NOT NULL, to_node_id varchar(36) NOT NULL);
CREATE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at = CURRENT_TIMESTAMP;
  RETURN NEW;
END;
$$;
CREATE TRIGGER update_dm_datasets_updated_at BEFORE UPDATE ON t_dm_datasets FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_dm_dataset_files_updated_at BEFORE UPDATE ON t_dm_dataset_files FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_st_ratio_instances_updated_at BEFORE UPDATE ON t_st_ratio_instances FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER update_st_ratio_relations_updated_at BEFORE UPDATE ON t_st_ratio_relations FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
