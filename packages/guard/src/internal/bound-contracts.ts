/** The contracts whose promises a guard's narrowing rests on. Guards over plain strings have none. */
const contractsOf = new WeakMap<object, readonly object[]>()

/** Remembers that a guard speaks for a contract. */
export function bindToContract<G extends object>(guard: G, contract: object): G {
  contractsOf.set(guard, [contract])
  return guard
}

/** Remembers that a combination speaks for the contracts of its parts. */
export function bindLikeParts<G extends object>(guard: G, parts: readonly object[]): G {
  const contracts = new Set(parts.flatMap(boundContracts))
  if (contracts.size > 0) contractsOf.set(guard, [...contracts])
  return guard
}

export function boundContracts(guard: object): readonly object[] {
  return contractsOf.get(guard) ?? []
}
