import { base64url } from '../keyring.js';
import { randomBytes } from '../world.js';

/** By chance, and so that no other is the same. */
export const newName = () => base64url({ randomBytes }, 12);
