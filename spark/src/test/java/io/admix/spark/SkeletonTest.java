package io.admix.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

final class SkeletonTest {
  @Test
  void aSessionOnTwoThreads_counts() throws Exception {
    try (SparkSession session = SparkSession.builder().master("local[2]").getOrCreate()) {
      assertThat(session.range(0, 1000, 1, 7).count()).isEqualTo(1000);
    }
  }
}
