package io.admix.server.pages;

import io.admix.engine.plan.Shortage;
import io.admix.server.v1.FieldError;
import java.util.List;

/**
 * What a page could not do, for people.
 *
 * @param title what kind of fault it is
 * @param detail what happened, in a sentence
 * @param errors what is wrong with single fields, may be empty
 * @param shortages sources that lack files, may be empty
 */
public record Faulty(
    String title, String detail, List<FieldError> errors, List<Shortage> shortages) {}
