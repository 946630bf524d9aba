package io.admix.files.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectPlaceTest {

  @ParameterizedTest
  @CsvSource({
    "s3://bucket,bucket,''",
    "s3://bucket/,bucket,''",
    "s3://bucket/mix,bucket,mix/",
    "s3://bucket/a/b/,bucket,a/b/",
    "s3://my.bucket-1/a b+%20,my.bucket-1,a b+%20/"
  })
  void anAddress_isBucketAndPrefix(String text, String bucket, String prefix) {
    ObjectPlace place = ObjectPlace.parse(text);
    assertThat(place).isEqualTo(new ObjectPlace(bucket, prefix));
    assertThat(ObjectPlace.parse(place.toString())).isEqualTo(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/data/mix|write s3://bucket/prefix",
        "gs://b/x|the scheme `gs` is not known",
        "s3:///x|names no bucket",
        "s3://ab/x|is no bucket's name",
        "s3://Bucket/x|is no bucket's name",
        "s3://a..b/x|is no bucket's name",
        "s3://b--use1-az4--x-s3/x|directory buckets",
        "s3://bucket//x|the prefix must be segments",
        "s3://bucket/a//b|the prefix must be segments",
        "s3://bucket/../b|the prefix must be segments",
        "s3://bucket/./b|the prefix must be segments"
      })
  void whatIsNoAddress_isToldForPeople(String text, String words) {
    assertThatThrownBy(() -> ObjectPlace.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aPasswordInAnAddress_isRefused_andNotShown() {
    assertThatThrownBy(() -> ObjectPlace.parse("s3://AKIA:hush@bucket/x"))
        .hasMessageContaining("credentials are found")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> ObjectSettings.DEFAULT.at("https://AKIA:hush@host", true))
        .hasMessageContaining("credentials are found")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> ObjectSettings.DEFAULT.at("https://AKIA:hush@ho st", true))
        .hasMessageNotContaining("hush");
  }

  @Test
  void keysAndPaths_areEachOthers_belowThePrefixOnly() {
    ObjectPlace place = ObjectPlace.parse("s3://bucket/mix");
    assertThat(place.object("a/b.png")).isEqualTo(new ObjectKey("bucket", "mix/a/b.png"));
    assertThat(place.relative("mix/a/b.png")).contains("a/b.png");
    assertThat(place.relative("mixed/a")).isEmpty();
    for (String unsafe : new String[] {"", "../x", "a/../x", "a//x", "a/", "/a", ".", "a\0"}) {
      assertThatThrownBy(() -> place.object(unsafe)).isInstanceOf(IllegalArgumentException.class);
      assertThat(place.relative("mix/" + unsafe)).as(unsafe).isEmpty();
    }
  }

  @Test
  void placesOverlap_whereOneHoldsTheOther() {
    ObjectPlace mix = ObjectPlace.parse("s3://bucket/mix");
    assertThat(mix.overlaps(ObjectPlace.parse("s3://bucket/mix/a"))).isTrue();
    assertThat(mix.overlaps(ObjectPlace.parse("s3://bucket"))).isTrue();
    assertThat(mix.overlaps(ObjectPlace.parse("s3://bucket/mixed"))).isFalse();
    assertThat(mix.overlaps(ObjectPlace.parse("s3://bucket2/mix"))).isFalse();
  }

  @Test
  void keys_areAtMost1024BytesOfUtf8() {
    assertThat(ObjectKey.problemOf("é".repeat(512))).isEmpty();
    assertThat(ObjectKey.problemOf("é".repeat(512) + "a"))
        .contains("has 1025 bytes in UTF-8, more than 1024");
    assertThat(ObjectKey.problemOf("a\nb")).isEmpty();
    assertThat(new ObjectKey("bucket", "a\nb").toString()).isEqualTo("s3://bucket/a\\u000Ab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "\uD800"})
  void keysThatNoObjectHas_areRefused(String key) {
    assertThatThrownBy(() -> new ObjectKey("bucket", key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bucket");
  }
}
