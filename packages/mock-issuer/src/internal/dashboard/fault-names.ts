import type { Fault } from '../../fault.js'
import { randomToken } from '../random-token.js'
import type { NamedFault } from './faults-section.js'

/** Gives faults names that forms can carry; a fault keeps its own for as long as it is there. */
export interface FaultNames {
  name(faults: readonly Fault[]): readonly NamedFault[]
  find(faults: readonly Fault[], id: string): Fault | undefined
}

export function createFaultNames(): FaultNames {
  const names = new WeakMap<Fault, string>()
  return {
    name: (faults) =>
      faults.map((fault) => {
        const id = names.get(fault) ?? randomToken().slice(0, 12)
        names.set(fault, id)
        return { id, fault }
      }),
    find: (faults, id) => faults.find((fault) => names.get(fault) === id),
  }
}
