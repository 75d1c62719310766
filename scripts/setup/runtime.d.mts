export interface Runtime { readonly kind: 'official' | 'test'; readonly dir: string; readonly electron: string; readonly version: string }
export declare const findRuntime: () => Runtime | null;
