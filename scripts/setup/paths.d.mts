export declare const ROOT: string;
export declare const SETUP_DIR: string;
export declare const inRoot: (...parts: readonly string[]) => string;
