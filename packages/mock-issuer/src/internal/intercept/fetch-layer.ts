import type { FetchInterception } from '../../fetch-interception.js'

type Fetch = typeof globalThis.fetch

/** What answers in place of the network. */
export interface FetchLayerInput {
  /** Whether requests for this URL are answered here; all others go to the `fetch` beneath. */
  matches(url: URL): boolean
  answer(request: Request, beneath: Fetch): Promise<Response>
}

interface Layer {
  readonly beneath: Fetch
  active: boolean
}

// Lets a layer that ends find those beneath it that have ended before. It holds nothing that would not be there without it.
const layers = new WeakMap<Fetch, Layer>()

/** Puts a layer on the global `fetch`. */
export function addFetchLayer({ matches, answer }: FetchLayerInput): FetchInterception {
  const beneath = globalThis.fetch
  const layer: Layer = { beneath, active: true }

  const intercepting: Fetch = async (input, init) => {
    const url = urlOf(input)
    if (!layer.active || url === undefined || !matches(url)) return beneath.call(globalThis, input, init)
    return answer(new Request(input, init), beneath)
  }

  function restore(): void {
    layer.active = false
    // Also lets go of the layers beneath that could not, because this one was on top of them.
    for (let top = layers.get(globalThis.fetch); top !== undefined && !top.active; top = layers.get(globalThis.fetch)) {
      globalThis.fetch = top.beneath
    }
  }

  layers.set(intercepting, layer)
  globalThis.fetch = intercepting
  return {
    get onTop() {
      return globalThis.fetch === intercepting
    },
    restore,
    [Symbol.dispose]: restore,
  }
}

// What is no absolute URL is not for the issuer, and not for this function to complain about.
function urlOf(input: Parameters<Fetch>[0]): URL | undefined {
  const text = typeof input === 'string' || input instanceof URL ? String(input) : input.url
  return URL.canParse(text) ? new URL(text) : undefined
}
