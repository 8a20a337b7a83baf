/** What a browser client needs to know in either mode. */
export interface PageOptions {
  /**
   * Where `fetch` may send the user's access, as origins: `https://api.example.com`, without a slash at the end, and `https`, loopback aside. They are
   * compared as texts, and others are refused before anything is sent. Default: none.
   */
  readonly allowedOrigins?: readonly string[] | undefined
  /**
   * Goes on in the app after a login, at a path of this origin: `(path) => router.replace(path)`. Default: `history.replaceState`, which
   * is enough where the router starts after `handlePage`. It must not load the page anew: one that asks the server by itself (`silentLogin`) would then
   * ask again without end.
   */
  readonly onReturn?: ((path: string) => void) | undefined
}
