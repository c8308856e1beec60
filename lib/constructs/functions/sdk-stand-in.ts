/**
 * Stands for the AWS SDK while tool definitions are read: every member exists, can be called, constructed, extended and awaited, and
 * does nothing. So a module that makes its clients when it loads needs neither the SDK nor credentials at synth.
 */
export function sdkStandIn(): object {
  // A bundler copies own names and falls back to the prototype for the rest; there, every name is found.
  return new Proxy({}, { get: member, getPrototypeOf: () => names });
}

const names: object = new Proxy({}, { get: member });

function nothing(): void {}

const handler: ProxyHandler<typeof nothing> = {
  get: member,
  apply: () => inert,
  // A class that extends a client keeps its own methods.
  construct: (target, args: unknown[], made) => (made === inert ? inert : Reflect.construct(target, args, made)),
};

const inert = new Proxy(nothing, handler);

function member(target: object, name: string | symbol): unknown {
  if (name === 'then') return undefined;
  if (name === '__esModule') return true;
  if (name === 'prototype') return Reflect.get(target, name);
  if (name === Symbol.toPrimitive) return () => '';
  if (name === Symbol.iterator) return () => [][Symbol.iterator]();
  if (name === Symbol.asyncIterator) return () => [][Symbol.iterator]();
  if (typeof name === 'symbol') return Reflect.get(target, name);
  return inert;
}
