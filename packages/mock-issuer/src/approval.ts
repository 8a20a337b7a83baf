/** What a test decides in the place of a person at the verification page of the device flow. */
export interface DeviceApproval {
  /** Who allows it: a configured user, or any other name, who then has no claims. Default: the first configured user. */
  readonly sub?: string
}

/** Decides on devices that wait for a person (RFC 8628), by their user code, which is read as the page reads it. */
export interface DeviceApprovals {
  /**
   * Allows the device what it asked for.
   * @throws {MockIssuerError} `request_not_pending` for a code that is unknown, expired or decided on; `invalid_option` for a `sub` that
   * is none; `contract_broken` when the user lacks a claim that a scope requires
   */
  approve(userCode: string, approval?: DeviceApproval): Promise<void>
  /**
   * Denies it.
   * @throws {MockIssuerError} `request_not_pending`
   */
  deny(userCode: string): void
}

/** Decides on authentication requests that a client made on its own channel (CIBA), by their `auth_req_id`. */
export interface BackchannelApprovals {
  /** The requests that wait for a decision, oldest first. */
  pending(): readonly PendingBackchannelRequest[]
  /**
   * Has the user whom the request is about allow it.
   * @throws {MockIssuerError} `request_not_pending` for an id that is unknown, expired or decided on; `contract_broken`
   */
  approve(authReqId: string): Promise<void>
  /**
   * Has the user deny it.
   * @throws {MockIssuerError} `request_not_pending`
   */
  deny(authReqId: string): void
}

/** What the user's own device would show of a backchannel authentication request. */
export interface PendingBackchannelRequest {
  readonly authReqId: string
  readonly clientId: string
  /** The `sub` of the user who is asked. */
  readonly sub: string
  readonly scopes: readonly string[]
  readonly bindingMessage: string | undefined
  /** The level that the user logs in with if the request is approved. */
  readonly acr: string | undefined
}
