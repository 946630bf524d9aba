package io.admix.server.pages.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.admix.catalog.Actor;
import io.admix.server.BusyException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagePlacesTest {
  @Test
  void aFewAreHeld_inAllAndOfEachOwner_andAPlaceThatIsGivenBackIsTakenAgain() {
    ImagePlaces places = new ImagePlaces();
    List<ImagePlaces.Place> taken = new ArrayList<>();
    for (int i = 0; i < ImagePlaces.MOST_OF_ONE; i++) {
      taken.add(places.take(Actor.of("vera")));
    }
    assertThatThrownBy(() -> places.take(Actor.of("vera"))).isInstanceOf(BusyException.class);
    for (int i = ImagePlaces.MOST_OF_ONE; i < ImagePlaces.MOST; i++) {
      taken.add(places.take(Actor.of("paul")));
    }
    assertThatThrownBy(() -> places.take(Actor.of("nora"))).isInstanceOf(BusyException.class);
    taken.removeFirst().close();
    taken.add(places.take(Actor.of("nora")));
    taken.forEach(ImagePlaces.Place::close);
    for (int i = 0; i < ImagePlaces.MOST_OF_ONE; i++) {
      assertThat(places.take(Actor.of("vera"))).isNotNull();
    }
  }
}
