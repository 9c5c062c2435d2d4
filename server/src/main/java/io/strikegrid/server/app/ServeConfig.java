package io.strikegrid.server.app;

import io.strikegrid.server.platform.http.HttpConfig;

/**
 * What a server is made of.
 *
 * @param store where the data is
 * @param http where it listens and who may ask
 * @param pageBytes most bytes that pages in memory may take
 * @param demo whether to generate the sample at start
 */
record ServeConfig(StoreConfig store, HttpConfig http, long pageBytes, boolean demo) {}
