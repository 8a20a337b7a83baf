import type { FetchInterception } from '../../fetch-interception.js'
import { answerInProcess } from '../http/in-process-fetch.js'
import type { RequestHandler } from '../http/request-handler.js'
import { isInsideIssuer } from '../http/route-path.js'
import { addFetchLayer } from './fetch-layer.js'
import { fetchWithRedirects } from './redirects.js'

export interface IssuerInterceptorInput {
  readonly handle: RequestHandler
  issuerName(): string
}

/** Answers for one issuer in place of the network. */
export interface IssuerInterceptor {
  intercept(): FetchInterception
  /** Ends all interceptions of this issuer. */
  restoreAll(): void
}

export function createIssuerInterceptor({ handle, issuerName }: IssuerInterceptorInput): IssuerInterceptor {
  const open = new Set<FetchInterception>()

  function intercept(): FetchInterception {
    const issuer = issuerName()
    const matches = (url: URL): boolean => isInsideIssuer(url.href, issuer)
    const layer = addFetchLayer({
      matches,
      answer: (first, beneath) =>
        fetchWithRedirects(first, (request) =>
          matches(new URL(request.url)) ? answerInProcess(handle, request) : beneath.call(globalThis, request),
        ),
    })
    const restore = (): void => {
      open.delete(interception)
      layer.restore()
    }
    const interception: FetchInterception = {
      get onTop() {
        return layer.onTop
      },
      restore,
      [Symbol.dispose]: restore,
    }
    open.add(interception)
    return interception
  }

  return {
    intercept,
    restoreAll() {
      for (const interception of open) interception.restore()
    },
  }
}
