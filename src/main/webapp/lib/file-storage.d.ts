import type { KeyStorage } from './tokenly.js';

/**
 * For Node: keeps the resume keys in a file, so that a process which crashed finds its sessions again (`client.remembered`, `createPeer`).
 *
 * The file is written at once and in one step, as readable by its owner only (0600). Its folder must exist. It belongs to one process at a
 * time. Throws a TokenlyError `storage-failed`, which names the file and the cause, where it cannot be read or holds something else; where
 * it cannot be written later, the client has an `error` event and goes on.
 */
export declare function fileStorage(path: string): KeyStorage;
