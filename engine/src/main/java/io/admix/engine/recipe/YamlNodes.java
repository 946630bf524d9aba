package io.admix.engine.recipe;

import io.admix.core.name.Printable;
import io.admix.core.recipe.InvalidRecipeException;
import io.admix.core.recipe.Node;
import io.admix.core.recipe.Node.Place;
import io.admix.core.recipe.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/**
 * Reads YAML 1.2 into nodes out of the parser's events, so that numbers stay text and every part
 * has its place. Duplicate keys, anchors, aliases and tags are noted as problems; a syntax error
 * ends the reading.
 */
final class YamlNodes {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setCodePointLimit(RecipeReader.BYTES_MAX).build();

  private final List<Problem> problems;
  private int line;

  YamlNodes(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * @throws InvalidRecipeException for a syntax error, with what was noted before
   */
  Node read(String text) {
    try {
      return document(new Parse(SETTINGS).parseString(text).iterator());
    } catch (MarkedYamlEngineException e) {
      throw syntax(e.getProblemMark().map(Mark::getLine).orElse(-1) + 1, words(e.getProblem()));
    } catch (ReaderException e) {
      throw syntax(
          lineOf(text, e.getPosition()),
          "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()));
    } catch (NumberFormatException e) {
      // The parser reads the digits of an escape without looking at them.
      throw syntax(
          Math.max(1, line),
          "an escape in double quotes, here or below, lacks its digits: write a backslash twice");
    } catch (YamlVersionException e) {
      throw syntax(
          lineOfVersion(text), "is of another version of YAML than 1.2: leave out the line %YAML");
    } catch (YamlEngineException e) {
      throw syntax(1, "is no valid YAML: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private static int lineOfVersion(String text) {
    return 1 + (int) text.lines().takeWhile(line -> !line.startsWith("%YAML")).count();
  }

  private Node document(Iterator<Event> events) {
    Node node = new Node.Scalar(null, false, Place.NOWHERE);
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
        throw syntax(place(event).line(), "a second document begins: a recipe is one document");
      }
      if (event instanceof NodeEvent) {
        node = node(event, events, 1);
      }
    }
    return node;
  }

  private Node node(Event event, Iterator<Event> events, int depth) {
    Place place = place(event);
    line = place.line();
    if (depth > RecipeReader.DEPTH_MAX) {
      throw syntax(place.line(), "is nested deeper than " + RecipeReader.DEPTH_MAX + " levels");
    }
    if (event instanceof NodeEvent nodeEvent) {
      refuseAnchor(nodeEvent, place);
    }
    return switch (event.getEventId()) {
      case MappingStart -> mapping(events, place, depth);
      case SequenceStart -> sequence(events, place, depth);
      case Scalar -> scalar((ScalarEvent) event, place);
      default -> new Node.Scalar(null, false, place);
    };
  }

  private void refuseAnchor(NodeEvent event, Place place) {
    if (event.getAnchor().isPresent()) {
      String mark = (event instanceof AliasEvent ? "*" : "&") + event.getAnchor().get();
      problems.add(
          new Problem(
              place.line(),
              "",
              "`" + Printable.of(mark) + "`: anchors and aliases are not read; write it out"));
    }
  }

  private Node mapping(Iterator<Event> events, Place place, int depth) {
    SequencedMap<String, Node> entries = new LinkedHashMap<>();
    Map<String, Place> keys = new HashMap<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      Place keyPlace = place(event);
      Node key = node(event, events, depth + 1);
      Node value = node(events.next(), events, depth + 1);
      if (!(key instanceof Node.Scalar scalar) || scalar.text() == null) {
        problems.add(new Problem(keyPlace.line(), "", "a key must be a word"));
      } else if (keys.putIfAbsent(scalar.text(), keyPlace) == null) {
        entries.put(scalar.text(), value);
      } else {
        problems.add(Duplicates.problem(scalar.text(), keyPlace, keys));
      }
    }
    return new Node.Mapping(entries, keys, place);
  }

  private Node sequence(Iterator<Event> events, Place place, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, events, depth + 1));
    }
    return new Node.Sequence(items, place);
  }

  private Node scalar(ScalarEvent event, Place place) {
    Optional<String> tag = event.getTag();
    if (tag.isPresent() && !tag.get().equals("!")) {
      problems.add(
          new Problem(
              place.line(), "", "tag `" + Printable.of(tag.get()) + "` is not read: leave it out"));
    }
    if (event.isPlain() && NULLS.contains(event.getValue())) {
      return new Node.Scalar(null, false, place);
    }
    return new Node.Scalar(event.getValue(), !event.isPlain(), place);
  }

  private InvalidRecipeException syntax(int line, String message) {
    problems.add(new Problem(line, "", message));
    return new InvalidRecipeException(problems);
  }

  private static String words(String problem) {
    if (problem.contains("TAB")) {
      return "a tab cannot indent or begin a value in YAML: use spaces";
    }
    return "is no valid YAML: " + problem;
  }

  private static int lineOf(String text, int position) {
    return 1 + (int) text.codePoints().limit(Math.max(position, 0)).filter(c -> c == '\n').count();
  }

  private static Place place(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Place.NOWHERE);
  }
}
