import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { EventLoopDelay } from './messages.js'

const resolutionMs = 1
const histogram = monitorEventLoopDelay({ resolution: resolutionMs })

export function watchDelay(): true {
  histogram.enable()
  histogram.reset()
  return true
}

/** The delay since `watchDelay`. Node records the time between timers of 1 ms; that millisecond is subtracted. */
export function readDelay(): EventLoopDelay {
  histogram.disable()
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs)
  return { p50Ms: late(histogram.percentile(50)), p99Ms: late(histogram.percentile(99)), maxMs: late(histogram.max) }
}
