# Emails. Paragraphs are divided by “ | ”; a link, if there is one, follows.
mail-greeting = Good day,
mail-close = Mosty
mail-invitation-subject = Your account on Mosty
mail-invitation = You are invited to Mosty, where hromadas of Ukraine and municipalities of Europe find each other. | Follow the link below and choose a password. The link works for three days.
mail-password-subject = A new password for Mosty
mail-password = Somebody, probably you, asked for a new password. | Follow the link below to choose one. The link works for an hour, and only once. If you did not ask, there is nothing to do.
mail-password-changed-subject = Your password was changed
mail-password-changed = The password of your account on Mosty was changed, and all other sessions ended. | If that was not you, ask for a new password at once and tell the operator of the site.
mail-address-subject = Confirm your new address
mail-address = Follow the link below to use this address for your account on Mosty. The link works for a day.
mail-address-asked-subject = A new address for your account
mail-address-asked = Somebody, probably you, asked to use another address for your account on Mosty. Nothing changes until the link in the email to that address is followed. | If that was not you, change your password.
mail-factor-changed-subject = Your second factor was changed
mail-factor-changed = The second factor of your account on Mosty was set up again or removed. | If that was not you, ask for a new password at once and tell the operator of the site.
mail-claim-confirm-subject = Your claim for { $municipality }
mail-claim-confirm = You, or somebody with your address, want to keep the profile of { $municipality } on Mosty. | Follow the link below and choose a password; then an officer looks at the claim. The link works for three days. If it was not you, there is nothing to do.
mail-claim-known-subject = Your claim for { $municipality }
mail-claim-known = Somebody, probably you, wants to keep the profile of { $municipality } on Mosty. You have an account with this address already: sign in and make the claim there. | If it was not you, there is nothing to do.
mail-claim-received-subject = Your claim for { $municipality }
mail-claim-received = Your claim for { $municipality } has arrived. An officer will look at it; the answer comes by email.
mail-claim-accepted-subject = { $municipality }: accepted
mail-claim-accepted = You may now keep the profile of { $municipality }, sign for it and invite others.
mail-claim-refused-subject = { $municipality }: refused
mail-claim-refused = Your claim for { $municipality } was refused. Read why:
mail-claim-returned-subject = { $municipality }: a question
mail-claim-returned = An officer has a question about your claim for { $municipality }. Read and answer it:
mail-stop = Fewer emails of this kind:
mail-member-invited-subject = { $municipality }: you are invited
mail-member-invited = You are invited to represent { $municipality } on Mosty, where hromadas of Ukraine and municipalities of Europe find each other. | Follow the link below and choose a password; the link works for three days. Then accept in your account.
mail-member-asked-subject = { $municipality }: you are invited
mail-member-asked = You are invited to represent { $municipality } on Mosty. Sign in and accept or decline within fourteen days:
mail-request-accepted-subject = Done: { $about }
mail-request-accepted = What you asked about { $about } was checked and done. Thank you. { $answer }
mail-request-refused-subject = Not done: { $about }
mail-request-refused = What you asked about { $about } was not done. The officer writes: | { $answer }
mail-digest-subject = New for { $municipality }
mail-digest = This week others stated what meets the profile of { $municipality }: | { $news } | All possible partners:
mail-expiring-subject = { $municipality }: entries expire
mail-expiring = Within thirty days these entries of { $municipality } expire and no longer count: | { $news } | One click renews each for twelve months:
mail-queue-subject =
    { $count ->
        [one] { $n } claim or request is waiting
       *[other] { $n } claims or requests are waiting
    }
mail-queue =
    { $count ->
        [one] { $n } claim or request is waiting for an officer.
       *[other] { $n } claims or requests are waiting for an officer.
    }
mail-claim-code-subject = A code for { $municipality }
mail-claim-code = { $who } wants to keep the profile of { $municipality } on Mosty and has named this as the official address. | If this person works for you, give them the code: { $code } | If not, give it to nobody; nothing else needs to be done.
