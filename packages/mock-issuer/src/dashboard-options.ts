/** Who may open the dashboard of an issuer. */
export interface DashboardOptions {
  /**
   * Host names under which the dashboard may be opened besides those of this machine's loopback, as a browser sends them, without the
   * port: `mock.example.com`. With one of them, requests are taken from any address: whoever can reach the socket can change the issuer.
   */
  readonly hosts: readonly string[]
}
