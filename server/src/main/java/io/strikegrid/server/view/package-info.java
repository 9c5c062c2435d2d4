/**
 * How chains are asked for and shown, the same wherever that is: expiries by date or label, sides,
 * the names of the fields of a contract, and the strike gap behind every level.
 *
 * <p>Used by the packages that answer questions; each question's own answer lives there.
 */
@NullMarked
package io.strikegrid.server.view;

import org.jspecify.annotations.NullMarked;
