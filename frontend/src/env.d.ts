interface ImportMetaEnv {
  /** Fingerprint of the sources that this build is made of. */
  readonly MADE: string;
}
