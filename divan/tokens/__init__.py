"""One-use tokens: codes handed to members, and the signature that says « one of ours » without saying which."""
