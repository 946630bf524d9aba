package io.admix.catalog;

/** The catalogue over one database. */
final class SqlCatalog implements Catalog {
  private final Database database;
  private final Datasets datasets;
  private final Tasks tasks;
  private final DataMateTables dataMate;
  private final TaskQueue queue;
  private final LineageRows lineage;

  SqlCatalog(Database database, CatalogSettings settings) {
    this.database = database;
    this.datasets = new SqlDatasets(database, settings);
    this.tasks = new SqlTasks(database, settings.clock());
    this.dataMate = new SqlDataMateTables(database, settings);
    this.queue = new SqlTaskQueue(database, settings.clock());
    this.lineage = new SqlLineageRows(database);
  }

  @Override
  public Datasets datasets() {
    return datasets;
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public DataMateTables dataMate() {
    return dataMate;
  }

  @Override
  public TaskQueue queue() {
    return queue;
  }

  @Override
  public LineageRows lineage() {
    return lineage;
  }

  @Override
  public Facts facts() {
    return new SqlFacts(database);
  }

  @Override
  public String database() {
    return database.dialect().name();
  }

  /** What tests look into. */
  Database connections() {
    return database;
  }

  @Override
  public void close() {
    database.close();
  }
}
