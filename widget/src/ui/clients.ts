/** One client for all the elements of a page that show the same conversation. */

import { Client } from "../core/client";
import { Courier } from "../core/courier";
import { Store } from "../core/storage";
import { Tokens } from "../core/tokens";
import type { Settings } from "./settings";

const clients = new Map<string, Client>();

export function clientFor({ base, mode, getToken }: Settings): Client {
  const store = new Store(base, mode);
  const known = clients.get(store.key);
  if (known) {
    known.courier.tokens.getToken = getToken;
    return known;
  }
  const client = new Client(store, new Courier(base, new Tokens(getToken)));
  clients.set(store.key, client);
  return client;
}
