export interface PreparedUser { readonly user: string; readonly uid: number; readonly gid: number; readonly home: string; readonly appDir: string; readonly electron: string; readonly env: Readonly<Record<string, string>> }
export declare const prepareUser: (wanted: { runtimeDir: string; display: string | null }) => PreparedUser;
export declare const KEPT_ENVIRONMENT: readonly string[];
/** The user who runs the window; made when there is none. */
export declare const account: () => { readonly user: string; readonly uid: number; readonly gid: number; readonly home: string };
