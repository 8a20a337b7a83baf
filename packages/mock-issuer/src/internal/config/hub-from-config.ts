import { readMaxOnDemandIssuers } from '../hub/on-demand.js'
import type { HubConfiguration, MountOptions } from '../hub/hub-configuration.js'
import type { Config } from './config-schema.js'

/** The hub that a configuration stands for: one issuer at the root, or several by path, which have the outer options as defaults. */
export function hubFromConfig(config: Config, dashboard: boolean): HubConfiguration {
  const { $schema: _schema, port: _port, host: _host, https: _https, onDemand = false, issuers, ...options } = config
  const defaults: MountOptions = { dashboard, ...options }
  const isMany = issuers !== undefined || onDemand !== false
  return {
    issuers: isMany ? (issuers ?? {}) : { '': {} },
    defaults,
    maxOnDemandIssuers: readMaxOnDemandIssuers(onDemand),
  }
}
