-- Rows as years of DataMate leave them: names twice, NULLs, JSON null, tasks that a crash left PENDING or RUNNING.
INSERT INTO t_dm_datasets (id, name, description, dataset_type, path, size_bytes, file_count, retention_days, tags, status, created_at, updated_at, created_by, updated_by) VALUES
  ('d-text', 'news', 'what was printed', 'TEXT', '/theirs/news', 30, 3, 7, '[{"name": "quality"}]', 'ACTIVE', '2026-01-01 08:00:00.5', '2026-01-02 08:00:00', NULL, NULL),
  ('d-twin', 'news', NULL, 'TEXT', '/theirs/twin', NULL, NULL, NULL, 'null', 'PUBLISHED', '2026-01-03 08:00:00', '2026-01-03 08:00:00', 'system', 'system'),
  ('d-image', '图片/a b', '', 'IMAGE', NULL, 0, 0, 0, NULL, 'DRAFT', '2026-01-04 08:00:00', NULL, 'mia', 'mia'),
  ('d-target', 'old-20260105080000', NULL, 'TEXT', '/theirs/old', 12, 2, 0, NULL, 'ACTIVE', '2026-01-05 08:00:00', '2026-01-05 08:00:01', 'mia', 'mia');
INSERT INTO t_dm_dataset_files (id, dataset_id, file_name, file_path, file_type, file_size, check_sum, tags, tags_updated_at, annotation, metadata, status) VALUES
  ('f-1', 'd-text', 'a.txt', '/theirs/news/a.txt', 'txt', 10, NULL, NULL, NULL, NULL, NULL, 'ACTIVE'),
  ('f-2', 'd-text', 'b.txt', '/theirs/news/b.txt', 'txt', 10, 'c2', 'null', '2026-01-01 00:00:00', 'null', 'null', 'ACTIVE'),
  ('f-3', 'd-text', 'c.txt', '/theirs/news/c.txt', 'txt', 10, 'c3', '[{"id": "1", "type": "choices", "values": {"choices": ["high"]}, "from_name": "quality"}]', '2026-01-02 00:00:00', '{"x": 1}', '{"y": 2}', 'ACTIVE'),
  ('f-4', 'd-text', 'd.txt', '/theirs/news/d.txt', 'txt', 10, 'c4', '[]', NULL, NULL, NULL, 'DELETED');
INSERT INTO t_st_ratio_instances (id, name, description, target_dataset_id, status, totals, created_at, updated_at, created_by, updated_by) VALUES
  ('r-done', 'old', 'the first', 'd-target', 'COMPLETED', 10, '2026-01-05 08:00:00.488673', '2026-01-05 08:00:01', 'mia', 'mia'),
  ('r-twin', 'old', NULL, 'gone', 'COMPLETED', 4, '2026-01-06 08:00:00', '2026-01-06 08:00:00', 'mia', 'mia'),
  ('r-left', 'stuck', NULL, NULL, 'PENDING', 5, '2026-01-07 08:00:00', '2026-01-07 08:00:00', NULL, NULL),
  ('r-runs', 'runs', NULL, NULL, 'RUNNING', 5, '2026-01-08 08:00:00', '2026-01-08 08:00:00', 'leo', 'leo'),
  ('r-null', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'system', NULL);
INSERT INTO t_st_ratio_relations (id, ratio_instance_id, source_dataset_id, ratio_value, counts, filter_conditions, created_at) VALUES
  ('zz', 'r-done', 'd-text', NULL, 2, '{"date_range": ["2025-01-01", "2025-01-03"], "label": {"label": "sent", "value": ""}}', '2026-01-05 08:00:00'),
  ('aa', 'r-done', 'd-twin', NULL, NULL, NULL, '2026-01-05 08:00:00'),
  ('bb', 'r-left', 'd-text', NULL, 5, 'no json', '2026-01-07 08:00:00');
INSERT INTO t_lineage_node (id, graph_id, node_type, name) VALUES ('d-text', 'g-1', 'DATASET', 'news'), ('d-twin', 'g-2', 'DATASET', 'news'), ('d-other', 'g-2', 'DATASET', 'other');
INSERT INTO t_lineage_edge (id, process_id, graph_id, edge_type, name, from_node_id, to_node_id) VALUES ('e-1', 'p-1', 'g-2', 'DATA_CLEANING', 'wash', 'd-twin', 'd-other');
