import { createInProcessFetch } from './internal/http/in-process-fetch.js'
import { createListener } from './internal/http/listener.js'
import { createHostUrl } from './internal/hub/host-url.js'
import { createIssuerHub } from './internal/hub/issuer-hub.js'
import { readMaxOnDemandIssuers } from './internal/hub/on-demand.js'
import type { IssuerHost, IssuerHostOptions } from './issuer-host.js'

/**
 * Creates a host for several issuers, told apart by path. Nothing is shared between them. It opens no socket before `listen()`.
 *
 * @throws {MockIssuerError} `invalid_option`
 *
 * @example
 * ```ts
 * const host = await createIssuerHost({ issuers: { 'tenant-a': {}, 'tenant-b': {} } })
 * const server = await host.listen()
 * const token = await host.issuer('tenant-a')?.accessToken({ sub: 'john' })
 * ```
 */
export async function createIssuerHost(options: IssuerHostOptions = {}): Promise<IssuerHost> {
  const { issuers = {}, defaults = {}, onDemand = false } = options
  const url = createHostUrl()
  const hub = createIssuerHub(url)
  await hub.configure({ issuers, defaults, maxOnDemandIssuers: readMaxOnDemandIssuers(onDemand) })
  const listener = createListener({ handle: hub.handle, name: url })
  return {
    fetch: createInProcessFetch({ handle: hub.handle, issuerName: url.read }),
    listen: (listenOptions = {}) => listener.listen(listenOptions),
    issuer: (path) => hub.find(path)?.issuer,
    paths: () => [...hub.mounted.keys()],
    add: (path, issuerOptions = {}) => hub.mount(path, issuerOptions).issuer,
    remove: (path) => hub.unmount(path),
    async [Symbol.asyncDispose]() {
      hub.clearFaults()
      await listener.close()
    },
  }
}
