/**
 * How alerts are told. Every sink has its letters in the database, written together with the alert; one that cannot be delivered
 * waits longer after every attempt and is given up, visibly, only after days. Of one alert at most one letter to a sink waits: what is
 * newer takes its place, so letters of an alert cannot overtake each other.
 */
@NullMarked
package io.plumbline.fleet.core.post;

import org.jspecify.annotations.NullMarked;
