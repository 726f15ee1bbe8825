/** What the views read, and what they may ask for. */

import type { Client } from "../core/client";
import type { Picture } from "../core/contract";
import type { Mode } from "../core/storage";
import type { Plus } from "../plus/index";

export interface Ui {
  open: boolean;
  /** Fills a phone's screen. */
  full: boolean;
  /** So little height that nothing may stand between the head and the composer but the thread. */
  low: boolean;
  menu: boolean;
  confirm?: "restart" | "erase" | undefined;
  confirmState: "ready" | "busy" | "failed";
  zoom?: Picture | undefined;
  /** The turn whose opinion may be explained. */
  reason?: string | undefined;
  toast: string;
  unread: number;
  /** Something new stands below what is seen. */
  below: boolean;
  length: number;
  /** Turns answered in this page: the others come from the storage and are not announced. */
  fresh: ReadonlySet<string>;
  /** Of the answers too long for the screen: how many blocks stand before the fold. */
  folds: ReadonlyMap<string, number>;
}

export const START: Ui = {
  open: false,
  full: false,
  low: false,
  menu: false,
  confirmState: "ready",
  toast: "",
  unread: 0,
  below: false,
  length: 0,
  fresh: new Set(),
  folds: new Map(),
};

export interface Chat {
  readonly client: Client;
  readonly base: string;
  readonly mode: Mode;
  readonly embedded: boolean;
  readonly heading: string;
  readonly launcherLabel: string;
  readonly ui: Ui;
  readonly root: HTMLElement;
  /** The second file, once it is there. */
  readonly plus: Plus | undefined;
  set(change: Partial<Ui>): void;
  open(): void;
  close(): void;
  submit(): void;
  toast(text: string): void;
  /** Does something with the second file, now or when it has come. */
  withPlus(task: (plus: Plus) => void): void;
}
