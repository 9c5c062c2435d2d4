/**
 * The connection to `/fo/stream`: one for the page, with as many subscriptions as its panels need.
 * It comes back by itself after a break, and goes on where it stopped where the server still can.
 */

const SILENCE = 40_000; // the server says something every 15 seconds
const FIRST_WAIT = 500;
const LONGEST_WAIT = 5_000;
const SERVER_STOPS = 1001;
const ASK_AGAIN = 2_000;
const TROUBLE_AFTER = 3; // connections that failed, one after the other

/**
 * @typedef {object} Listener
 * @property {(message: object) => void} onSnapshot chains anew; all kept before is void
 * @property {(message: object) => void} onDelta
 * @property {(message: object) => void} onProvisional
 * @property {(message: object) => void} onError what the server does not follow, and why
 */

export class Stream {
  #url;
  #token;
  #onState;
  #onTrouble;
  #socket = null;
  #subscriptions = new Map();
  #byTopic = new Map();
  #count = 0;
  #failures = 0;
  #timer = 0;
  #watch = 0;
  #lastHeard = 0;
  #isWanted = false;

  /**
   * @param {() => string|null} token
   * @param {(state: 'off'|'connecting'|'live'|'reconnecting') => void} onState
   * @param {() => void} onTrouble called where connections fail again and again
   */
  constructor(token, onState, onTrouble) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#url = `${scheme}://${location.host}/fo/stream`;
    this.#token = token;
    this.#onState = onState;
    this.#onTrouble = onTrouble;
    this.state = 'off';
    this.clockOffset = null;
  }

  /**
   * Follows something.
   *
   * @param {object} query members of a `subscribe` message
   * @param {Listener} listener
   * @returns {() => void} ends it
   */
  subscribe(query, listener) {
    const key = JSON.stringify(query);
    let subscription = this.#subscriptions.get(key);
    if (!subscription) {
      subscription = {
        id: `s${++this.#count}`, query, listeners: new Set(), topic: null, epoch: null, sequence: null,
      };
      this.#subscriptions.set(key, subscription);
      if (this.#isOpen()) {
        this.#ask(subscription);
      }
    } else if (subscription.topic) {
      this.#again(subscription); // the newcomer needs a snapshot
    }
    subscription.listeners.add(listener);
    this.#connect();
    return () => {
      subscription.listeners.delete(listener);
      if (subscription.listeners.size === 0 && this.#subscriptions.get(key) === subscription) {
        this.#subscriptions.delete(key);
        this.#byTopic.delete(subscription.topic);
        this.#send({ type: 'unsubscribe', id: subscription.id });
      }
    };
  }

  /** Ends the connection until something is subscribed again. */
  close() {
    this.#isWanted = false;
    clearTimeout(this.#timer);
    clearInterval(this.#watch);
    this.#subscriptions.clear();
    this.#byTopic.clear();
    this.#drop();
    this.#failures = 0;
    this.#setState('off');
  }

  #setState(state) {
    if (this.state !== state) {
      this.state = state;
      this.#onState(state);
    }
  }

  #isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #drop() {
    if (this.#socket) {
      const socket = this.#socket;
      this.#socket = null;
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    }
  }

  #connect() {
    this.#isWanted = true;
    if (this.#socket) {
      return;
    }
    if (this.state === 'off') {
      this.#setState('connecting');
    }
    const token = this.#token();
    const protocols = token ? ['strikegrid', `bearer.${token}`] : ['strikegrid'];
    const socket = new WebSocket(this.#url, protocols);
    this.#socket = socket;
    this.#lastHeard = Date.now();
    clearInterval(this.#watch);
    this.#watch = setInterval(() => this.#checkSilence(), 5_000);
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#heard(JSON.parse(event.data));
    socket.onclose = (event) => this.#closed(event);
  }

  #opened() {
    this.#failures = 0;
    this.#lastHeard = Date.now();
    this.#byTopic.clear();
    this.#send({ type: 'ping', id: 'clock' });
    for (const subscription of this.#subscriptions.values()) {
      this.#ask(subscription);
    }
    this.#setState('live');
  }

  #closed(event) {
    clearInterval(this.#watch);
    this.#socket = null;
    if (!this.#isWanted) {
      return;
    }
    this.#setState('reconnecting');
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    this.#failures++;
    if (this.#failures % TROUBLE_AFTER === 0) {
      this.#onTrouble();
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), event.code === SERVER_STOPS ? FIRST_WAIT : wait);
  }

  #checkSilence() {
    if (Date.now() - this.#lastHeard > SILENCE) {
      this.#drop();
      this.#closed({ code: 0 });
    }
  }

  #send(message) {
    if (this.#isOpen()) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #ask(subscription) {
    const { id, query, epoch, sequence } = subscription;
    const resume = epoch === null ? {} : { resume: { epoch, after: sequence } };
    this.#send({ type: 'subscribe', id, ...query, ...resume });
  }

  #again(subscription) {
    this.#send({ type: 'unsubscribe', id: subscription.id });
    this.#byTopic.delete(subscription.topic);
    subscription.id = `s${++this.#count}`;
    subscription.epoch = null;
    subscription.topic = null;
    this.#ask(subscription);
  }

  #heard(message) {
    this.#lastHeard = Date.now();
    switch (message.type) {
      case 'subscribed': this.#subscribed(message); break;
      case 'snapshot': this.#numbered(message, (l) => l.onSnapshot(message), true); break;
      case 'delta': this.#numbered(message, (l) => l.onDelta(message), false); break;
      case 'provisional': this.#provisional(message); break;
      case 'heartbeat': this.#heartbeat(message); break;
      case 'pong': this.clockOffset = message.time * 1000 - Date.now(); break;
      case 'cut': this.#cut(message); break;
      case 'error': this.#refused(message); break;
      default: break; // unsubscribed
    }
  }

  #byId(id) {
    return [...this.#subscriptions.values()].find((one) => one.id === id);
  }

  #subscribed(message) {
    const subscription = this.#byId(message.id);
    if (subscription) {
      subscription.topic = message.topic;
      subscription.epoch = message.epoch;
      subscription.sequence = message.sequence;
      this.#byTopic.set(message.topic, subscription);
    }
  }

  #numbered(message, tell, isSnapshot) {
    const subscription = this.#byTopic.get(message.topic);
    if (!subscription || (message.epoch !== subscription.epoch && !isSnapshot)) {
      return;
    }
    if (!isSnapshot && message.sequence !== subscription.sequence + 1) {
      if (message.sequence > subscription.sequence) {
        this.#again(subscription);
      }
      return;
    }
    subscription.epoch = message.epoch;
    subscription.sequence = message.sequence;
    subscription.listeners.forEach(tell);
  }

  #provisional(message) {
    const subscription = this.#byTopic.get(message.topic);
    if (subscription?.epoch === message.epoch && subscription.sequence === message.stands_on) {
      subscription.listeners.forEach((listener) => listener.onProvisional(message));
    }
  }

  #heartbeat(message) {
    this.clockOffset = message.time * 1000 - Date.now();
    for (const { topic, epoch, sequence } of message.topics) {
      const subscription = this.#byTopic.get(topic);
      if (subscription && (subscription.epoch !== epoch || subscription.sequence < sequence)) {
        this.#again(subscription);
      }
    }
  }

  #cut(message) {
    const subscription = this.#byId(message.id);
    if (subscription) {
      if (message.after === null) {
        subscription.epoch = null;
      } else {
        subscription.epoch = message.epoch;
        subscription.sequence = message.after;
      }
      this.#ask(subscription);
    }
  }

  /** A server that has no room or is not ready yet may have so later. */
  #refused(message) {
    const subscription = this.#byId(message.id);
    if (subscription && message.code === 'not_ready') {
      setTimeout(() => this.#byId(message.id) === subscription && this.#ask(subscription), ASK_AGAIN);
    }
    subscription?.listeners.forEach((listener) => listener.onError(message));
  }
}
