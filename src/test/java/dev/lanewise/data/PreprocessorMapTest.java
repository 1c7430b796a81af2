package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A preprocessor as maps and lists, as model files hold it. */
class PreprocessorMapTest {
  private static final Table TABLE = Table.of(
      Column.numeric("age", 20, Float.NaN, 41), Column.text("town", "Bern", null, "Aarau"),
      Column.numeric("y", 0.5f, 3, 7), Column.text("left", "no", "yes", "no"));
  private static final Preprocessing IMPUTING = Preprocessing.standard()
      .imputeNumbers(Imputation.MEAN).impute("town", Imputation.constant("?")).ignoreUnknown(true);
  private static final Preprocessor CLASSES = IMPUTING.fit(TABLE.without("y"), "left");
  private static final Preprocessor NUMBERS =
      IMPUTING.ignoreUnknown(false).scaleTargets(Scaler.ROBUST).fit(TABLE.without("left"), "y");

  @Test
  void comesBackEqual() {
    Preprocessor alone = Preprocessing.standard().fit(TABLE.select("left", "y"));
    for (Preprocessor fitted : List.of(CLASSES, NUMBERS, alone)) {
      Preprocessor read = Preprocessor.fromMap(fitted.toMap());
      assertEquals(fitted, read);
      assertEquals(fitted.hashCode(), read.hashCode());
      assertEquals(fitted.featureNames(), read.featureNames());
      assertEquals(fitted.targetColumns(), read.targetColumns());
    }
    assertNotEquals(CLASSES, NUMBERS);
    Preprocessor read = Preprocessor.fromMap(NUMBERS.toMap());
    assertEquals(NUMBERS.transform(TABLE.without("left")), read.transform(TABLE.without("left")));
    assertEquals(NUMBERS.targets(TABLE), read.targets(TABLE));
    assertEquals(CLASSES.classNames(), Preprocessor.fromMap(CLASSES.toMap()).classNames());
  }

  @Test
  void isMadeOfWhatJsonHolds() {
    for (Preprocessor fitted : List.of(CLASSES, NUMBERS)) {
      assertPlain(fitted.toMap());
    }
    assertEquals(
        Map.of("kind", "category", "column", "town", "values", "text", "categories", List.of("?", "Aarau", "Bern"), "missing", "?",
            "unknown", "ignore"),
        ((List<?>) CLASSES.toMap().get("columns")).get(1));
    assertEquals(Map.of("column", "left", "values", "text", "names", List.of("no", "yes")), CLASSES.toMap().get("classes"));
    assertEquals(
        List.of(Map.of("kind", "number", "column", "y", "center", 3.0, "scale", 3.25)), NUMBERS.toMap().get("targets"));
  }

  private static void assertPlain(Object value) {
    switch (value) {
      case Map<?, ?> map -> map.forEach((key, element) -> {
        assertTrue(key instanceof String);
        assertPlain(element);
      });
      case List<?> list -> list.forEach(PreprocessorMapTest::assertPlain);
      default -> assertTrue(value instanceof String || value instanceof Double, () -> "found " + value);
    }
  }

  /** Whole numbers come back from JSON as longs. */
  @Test
  void takesNumbersOfAnyType() {
    Map<String, Object> column = new HashMap<>();
    column.put("kind", "number");
    column.put("column", "x");
    column.put("center", 3L);
    column.put("scale", 2);
    Preprocessor read = Preprocessor.fromMap(Map.of("columns", List.of(column), "targets", List.of()));
    assertEquals(0.5f, read.transform("4")[0]);
  }

  /** The name of a column is in those of all its inputs: what a file of some megabytes says may take none of gigabytes. */
  @Test
  void refusesNamesBeyondMemory() {
    Map<String, Object> column = new HashMap<>();
    column.put("kind", "category");
    column.put("column", "x".repeat(1 << 20));
    column.put("values", "text");
    column.put("unknown", "ignore");
    column.put("categories", IntStream.range(0, 64).mapToObj(i -> Character.toString('0' + i)).toList());
    Map<String, Object> map = Map.of("columns", List.of(column), "targets", List.of());
    assertEquals(
        "preprocessing makes inputs whose names have 67108992 characters together, but at most 67108864 may be",
        assertThrows(DataException.class, () -> Preprocessor.fromMap(map)).getMessage());
    column.put("column", "x".repeat((1 << 20) - 2));
    assertEquals(64, Preprocessor.fromMap(map).featureNames().size());
  }

  /** Each value in turn is taken out or replaced by each of these. */
  @Test
  void refusesDamageAnywhere() {
    List<Object> others = Arrays.asList(
        null, "", "number", "error", -1.0, 0.0, 0L, Double.NaN, Double.POSITIVE_INFINITY, true, List.of(), Map.of(),
        List.of("a", "a"), List.of(1.0), List.of(Map.of()), Map.of("kind", "number"));
    int refused = 0;
    int read = 0;
    for (Preprocessor fitted : List.of(CLASSES, NUMBERS)) {
      List<Object> damaged = new ArrayList<>();
      damage(fitted.toMap(), others, damaged);
      for (Object map : damaged) {
        if (map instanceof Map<?, ?>) {
          try {
            @SuppressWarnings("unchecked")
            Preprocessor survivor = Preprocessor.fromMap((Map<String, Object>) map);
            survivor.transform(new String[survivor.columns().size()]);
            read++;
          } catch (DataException e) {
            assertTrue(e.getMessage().matches("(?s)(preprocessing|column \").{1,300}"), e.getMessage());
            assertFalse(e.getMessage().contains("\n"));
            refused++;
          }
        }
      }
    }
    assertTrue(refused > 500 && read > 20, refused + " refused, " + read + " read");
  }

  /** Adds copies of a value that differ from it in one place. */
  private static void damage(Object value, List<Object> others, List<Object> into) {
    into.addAll(others);
    if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        Map<Object, Object> without = new LinkedHashMap<>(map);
        without.remove(key);
        into.add(without);
        List<Object> elements = new ArrayList<>();
        damage(map.get(key), others, elements);
        for (Object element : elements) {
          Map<Object, Object> changed = new LinkedHashMap<>(map);
          changed.put(key, element);
          into.add(changed);
        }
      }
      Map<Object, Object> more = new LinkedHashMap<>(map);
      more.put("more", 1.0);
      into.add(more);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        List<Object> elements = new ArrayList<>();
        damage(list.get(i), others, elements);
        for (Object element : elements) {
          List<Object> changed = new ArrayList<>(list);
          changed.set(i, element);
          into.add(changed);
        }
      }
      List<Object> twice = new ArrayList<>(list);
      twice.addAll(list);
      into.add(twice);
    }
  }

  @Test
  void saysWhereTheDamageIs() {
    assertRefused("preprocessing has no value \"version\"", map -> map.put("version", 1.0));
    assertRefused("preprocessing.columns must be a list, but is missing", map -> map.remove("columns"));
    assertRefused("preprocessing.columns must be a list of at least one, but is a list of 0",
        map -> map.put("columns", List.of()));
    assertRefused("preprocessing.targets must be a list, but is null", map -> map.put("targets", null));
    for (List<?> names : List.of(List.of("a", 1.0), List.of(1.0))) {
      assertRefused(
          "preprocessing.columns[1].categories must be a list of different strings, at least one, but is a list of " + names.size(),
          map -> column(map, 1).put("categories", names));
    }
    assertRefused(
        "preprocessing.columns[1].categories must be a list of different strings, at least one, but is a list of 0",
        map -> column(map, 1).put("categories", List.of()));
    assertRefused("preprocessing.columns[0] has no value \"scaling\"", map -> column(map, 0).put("scaling", 1.0));
    assertRefused("preprocessing.columns[0].scale must be a positive number, but is 0.0",
        map -> column(map, 0).put("scale", 0.0));
    assertRefused("preprocessing.columns[0].center must be a finite number, but is NaN",
        map -> column(map, 0).put("center", Double.NaN));
    assertRefused("preprocessing.columns[1].values must be \"numbers\" or \"text\", but is missing",
        map -> column(map, 1).remove("values"));
    assertRefused("preprocessing.columns[1].unknown must be \"error\" or \"ignore\", but is \"perhaps\"",
        map -> column(map, 1).put("unknown", "perhaps"));
    assertRefused(
        "preprocessing.columns[1].categories must be a list of different strings, at least one, but is a list of 2",
        map -> column(map, 1).put("categories", List.of("a", "a")));
    assertRefused("preprocessing.columns[1] has no value \"scale\"", map -> column(map, 1).put("scale", 1.0));
    assertRefused("preprocessing.classes.values must be \"numbers\" or \"text\", but is missing",
        map -> map.put("classes", Map.of("column", "left", "names", List.of("no", "yes"))));
    assertRefused("preprocessing.classes must be a map, but is \"left\"", map -> map.put("classes", "left"));
    assertRefused("preprocessing.targets must be an empty list, as there are classes, but is a list of 1",
        map -> map.put("targets", NUMBERS.toMap().get("targets")));
    assertRefused("preprocessing has two columns of the same name", map -> column(map, 1).put("column", "age"));
    assertRefused("preprocessing has two columns of the same name", map -> column(map, 1).put("column", "left"));
  }

  private interface Damage {
    void to(Map<String, Object> map);
  }

  private static void assertRefused(String message, Damage damage) {
    Map<String, Object> map = copy(CLASSES.toMap());
    damage.to(map);
    assertEquals(message, assertThrows(DataException.class, () -> Preprocessor.fromMap(map)).getMessage());
  }

  private static Map<String, Object> copy(Map<String, Object> map) {
    Map<String, Object> copy = new LinkedHashMap<>(map);
    List<Object> columns = new ArrayList<>();
    for (Object column : (List<?>) map.get("columns")) {
      columns.add(new LinkedHashMap<>((Map<?, ?>) column));
    }
    copy.put("columns", columns);
    return copy;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> column(Map<String, Object> map, int index) {
    return (Map<String, Object>) ((List<?>) map.get("columns")).get(index);
  }
}
