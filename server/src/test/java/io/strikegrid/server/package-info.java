/** What tests of several features share: a database, a server with sample chains, its contract. */
@NullMarked
package io.strikegrid.server;

import org.jspecify.annotations.NullMarked;
