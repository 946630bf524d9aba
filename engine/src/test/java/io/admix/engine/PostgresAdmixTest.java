package io.admix.engine;

import io.admix.catalog.CatalogSettings;
import io.admix.catalog.PostgresForTests;
import io.admix.engine.settings.SettingsInput;
import io.admix.engine.settings.SettingsLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The whole way on a real PostgreSQL, and its selection beside SQLite's. */
class PostgresAdmixTest extends AdmixTest {
  @Override
  Admix openAdmix(Path home) throws Exception {
    CatalogSettings database = PostgresForTests.settings(Clock.systemUTC());
    return Admix.open(
        SettingsLoader.load(
            new SettingsInput(
                home.toString(),
                database.url(),
                List.of(),
                Map.of("ADMIX_DB_USER", database.user(), "ADMIX_DB_PASSWORD", database.password()),
                folder)));
  }
}
