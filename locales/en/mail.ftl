# Letters. Paragraphs are divided by “ | ”; a link, if there is one, follows.
mail-greeting = Good day, { $name },
mail-close = Mosty
mail-invitation-subject = Your account on Mosty
mail-invitation = You are invited to Mosty, where hromadas of Ukraine and municipalities of Europe find each other. | Follow this link and choose a password. It works for three days.
mail-password-subject = A new password for Mosty
mail-password = Somebody, probably you, asked for a new password. | Follow this link to choose one. It works for an hour, once. If you did not ask, there is nothing to do.
mail-password-changed-subject = Your password was changed
mail-password-changed = The password of your account on Mosty was changed, and all other sessions ended. | If that was not you, ask for a new password at once and tell the operator of the site.
mail-address-subject = Confirm your new address
mail-address = Follow this link to use this address for your account on Mosty. It works for a day.
mail-address-asked-subject = A new address for your account
mail-address-asked = Somebody, probably you, asked to use another address for your account on Mosty. Nothing changes until the link in the letter to that address is followed. | If that was not you, change your password.
mail-factor-changed-subject = Your second factor was changed
mail-factor-changed = The second factor of your account on Mosty was set up anew or removed. | If that was not you, ask for a new password at once and tell the operator of the site.
