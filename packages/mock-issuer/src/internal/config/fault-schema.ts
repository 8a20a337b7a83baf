import * as z from 'zod/mini'
import type { Fault } from '../../fault.js'
import { readFault } from '../faults/fault-reading.js'
import { endpointPaths } from '../http/endpoint.js'
import { oneOf, option, required, text } from './schema-parts.js'

const endpoints = ['*', ...(Object.keys(endpointPaths) as (keyof typeof endpointPaths)[])] as const

const shape = z.looseObject({
  endpoint: required(oneOf(endpoints), 'Whose answers it is about; * for all.'),
  kind: required(text, 'What goes wrong: delay, hang, reset, status, truncated and so on. Each kind has members of its own.'),
  times: option(z.int().check(z.positive()), 'After so many requests have met it, it is over.'),
  key: option(text, 'Only requests with this mock-fault-key header meet it.'),
})

/** A fault that is there from the start. What a kind must have and can have is read as if it had been added by a test. */
export const faultSchema = z.pipe(
  shape,
  z.transform((value, { issues }): Fault => {
    try {
      return readFault(value as unknown as Fault)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      issues.push({ code: 'custom', input: value, message: error.message, path: [] })
      return z.NEVER
    }
  }),
)
