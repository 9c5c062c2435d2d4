/**
 * HTTP: the server, who may ask, how parameters are read, and how answers and problems are written.
 * Knows nothing of option chains; every feature that answers over HTTP uses it.
 */
@NullMarked
package io.strikegrid.server.platform.http;

import org.jspecify.annotations.NullMarked;
