/**
 * What people have to know of: troubles, each with one identity, from the verdicts, rollouts and gateway events that the control
 * plane sees. Decisions are functions of the book, the event, the policy and the time; the book and the letters that follow from a
 * change are written together. Topics are read again after every start, so every source of events has a mark of how far it was
 * looked at.
 */
@NullMarked
package io.plumbline.fleet.core.alert;

import org.jspecify.annotations.NullMarked;
