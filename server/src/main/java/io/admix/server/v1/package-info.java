/**
 * {@code /api/v1}: requests are read strictly and whole, handed to the engine's doors, and answered
 * as the command line answers in JSON. What each request may hold and what each answer holds stands
 * in {@code docs/openapi.json}, which this package serves.
 */
@NullMarked
package io.admix.server.v1;

import org.jspecify.annotations.NullMarked;
