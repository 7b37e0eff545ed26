// What a service worker's global scope has beyond that of other workers. The browser's own declaration file knows
// both kinds of scope but gives `self` the common one; merging the members in spares each use a cast.

interface WorkerGlobalScopeEventMap {
  install: ExtendableEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
  message: ExtendableMessageEvent;
  push: PushEvent;
  pushsubscriptionchange: ExtendableEvent & { newSubscription: PushSubscription | null; oldSubscription: PushSubscription | null };
  notificationclick: NotificationEvent;
  notificationclose: NotificationEvent;
}

interface WorkerGlobalScope {
  readonly clients: Clients;
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener<K extends keyof WorkerGlobalScopeEventMap>(
    type: K,
    listener: (event: WorkerGlobalScopeEventMap[K]) => unknown,
  ): void;
}

// Put in front of the worker's body by the server: what must be in the cache before the app counts as installed.
declare const PRECACHE: { version: string; build: string; shell: string; entries: [url: string, sha256: string][] };
