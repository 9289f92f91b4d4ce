# Forms
form-problem = There is a problem
form-error = Error:
save = Save
change = Change
field-name = Your name
field-email = E-mail address
field-language = Language of pages and letters
field-password = Password
field-new-password = New password
field-present-password = Your present password
field-new-email = New e-mail address
field-code = Code
email-wrong = Write an e-mail address, such as name@example.org
name-wrong = Write your name, in up to { $most } characters
present-password-wrong = That is not your present password

# Passwords
password-hint = At least { $n } characters. A sentence of several words is easy to remember; you can paste it from a password manager.
password-short = Use at least { $n } characters
password-long = Use at most 128 characters
password-common = Choose another password: this one is among the first that others would try
password-personal = Choose another password: this one says little beyond your name, your address or this site

# Signing in
sign-in-title = Sign in
sign-in-button = Sign in
sign-in-wrong = E-mail address or password is not right
sign-in-forgot = I forgot my password
sign-in-kept = You were signed out meanwhile. What you wrote is kept: sign in, and you can send it.
sign-in-set = The password is set. Sign in with it.
sign-out = Sign out
code-title = Your code
code-text = Open the app that makes your codes and type the present one. Without the app, a recovery code does.
code-hint = Six digits, or a recovery code
code-wrong = That code is not right, or was used already
kept-title = Nothing is lost
kept-text = What you wrote was made in an earlier session, so it was not sent yet. Look it through and send it.
kept-button = Send it now

# Links
forgot-title = A new password
forgot-text = Tell us your e-mail address. If there is an account with it, a letter with a link comes; the link works for an hour.
forgot-button = Send the link
forgot-no-letters = This site sends no letters yet. Ask whoever runs it: they can make you a link with “mosty account reset”.
forgot-sent = If there is an account with this address, the letter is on its way. Look into the spam folder as well.
link-invitation-title = Welcome to Mosty
link-invitation-text = Choose a password. Then you can sign in.
link-invitation-button = Set the password
link-password-title = A new password
link-password-text = With the new password all your sessions end, here and elsewhere.
link-password-button = Set the password
link-address-title = Confirm your new address
link-address-text = Letters will go to { $address } from now on, and you sign in with it.
link-address-button = Confirm
error-link = This link does not work: it was used, its time is over, or a later one replaced it. Ask for a new one.
error-stale-form = The form was made in an earlier session. Go back, load the page again and send it.
error-too-many = Too many tries. Please wait { $minutes } min and try again.

# The account
account-title = Your account
account-sign-in = How you sign in
account-factor = Second factor
account-factor-on = Set up
account-factor-off = Not set up
account-factor-set = Set up
account-factor-again = Set up anew
account-factor-remove = Remove
account-codes-left =
    { $count ->
        [one] { $n } recovery code left
       *[other] { $n } recovery codes left
    }
account-few-codes = Few recovery codes are left. Set the second factor up anew to get ten.
account-sessions = Where you are signed in
account-sessions-text = End what you do not recognise, and then change your password.
account-password-title = Change your password
account-password-text = All other sessions end.
account-email-title = Change your e-mail address
account-email-text = A letter with a link goes to the new address; when you follow it, the address changes and your sessions end.
account-email-button = Send the letter
session-since = since { $date }
session-current = this one
session-end = End
session-end-all = End all others
office-officer = Project officer
office-admin = Administrator
changed-name = Saved.
changed-password = The password is changed; all other sessions ended.
changed-email = The address is changed.
changed-sent = A letter with a link is on its way to the new address.
changed-factor = The second factor is removed.
changed-sessions = Ended.

# Second factor
factor-title = Set up the second factor
factor-must = Officers and administrators need a second factor before they can go on.
factor-text = Take the picture into an app that makes codes (an authenticator), then type the code it shows. From then on, signing in needs your password and a code.
factor-again = The present one stops working, and so do its recovery codes.
factor-picture = The key as a picture for the app
factor-by-hand = Or type it into the app by hand:
factor-open = Open it in an app on this device
factor-code-hint = The six digits that the app shows now
factor-button = Set up
factor-remove-title = Remove the second factor
factor-remove-text = Signing in will need your password alone.
factor-remove-button = Remove
codes-title = Your recovery codes
codes-text = Each signs you in once when the app is not at hand. Print them or write them down now: they are shown only this once.
codes-kept = I have kept them

# Claims
claim-title = Speak for { $name }
claim-lede = Whoever keeps the profile of a municipality has to belong to it. An officer looks at what you write here, and answers by letter.
claim-no-letters = This site sends no letters yet, so nobody new can be let in. Ask whoever runs it for an account.
claim-sent = Look into your mailbox: a letter with a link is on its way. Once you have followed it, an officer looks at your claim.
claim-button = Send the claim
claim-link = You work here? Keep this profile yourself
field-position = What you do there
field-official = Official address of the municipality
field-evidence = Link to a letter or a decision of the council
field-message = Anything else
field-answer = Your question or reason
claim-position-hint = For example: head of the department of international cooperation
claim-email-hint = Best the one of your work
claim-official-hint = The e-mail address that the municipality publishes. We may send a code there.
claim-evidence-hint = Where it can be read, beginning with https://. Never an identity document.
claim-message-hint = Up to 2,000 characters
claim-position-wrong = Write what you do in the municipality
claim-evidence-wrong = Write a link that begins with https://
claim-nothing-to-check = Give the official address or a link, so that there is something to check
claim-resubmit = Answer and send again
claim-withdraw = Take the claim back
claim-answer = What the officer wrote
claim-answer-hint = The claimant reads it
claim-answer-wrong = Write what you ask, or why you refuse
claim-accept = Accept
claim-return = Ask back
claim-refuse = Refuse
claim-state-unconfirmed = Address not confirmed yet
claim-state-submitted = Waits for an officer
claim-state-returned = Waits for an answer
claim-state-accepted = Accepted
claim-state-refused = Refused
claim-state-withdrawn = Taken back
claim-domain-public = The address is with a provider for everybody: that proves nothing.
claim-domain-same = The address is of the same domain as the official one.
claim-domain-other = The address is of another domain than the official one.
claim-domain-unknown = There is no official address to compare with.
error-open-claim = You have an open claim for this municipality already; look at it in your account.
error-stale = Somebody changed this meanwhile. Look at it again before you go on.
queue-lede = People who say that they speak for a municipality.
queue-tabs = By state
queue-empty = There is none.
queue-who = Who
queue-since = Since
queue-others = Other claims for this municipality
queue-no-others = None.
queue-own = This is your own claim: another officer decides on it.
queue-decide = Decide
queue-accept-text = With this the claimant may keep the profile, sign and invite others, and the municipality counts as verified.
account-municipalities = Your municipalities
account-claims = Your claims
account-no-municipalities = None yet. Find your municipality and say that you speak for it.
role-of-editor = keeps the profile
role-of-signatory = keeps the profile and signs
claim-position = Position
overtaken-title = Somebody was quicker
overtaken-text = Somebody else changed the profile after you had opened the form. Look at the present state in another window; then send what you wrote, if it still holds.
overtaken-button = Send it now

# The profile
profile-title = Profile: { $name }
profile-crumb = Profile
profile-lede = What you state here ranks your partners and tells them why you. What is sensitive shows others its area alone.
profile-progress = { $done } of { $of } parts completed
profile-saved = Saved.
profile-missing = Before you can publish it, the profile needs:
profile-matches = Who fits best now
profile-back = Back to the parts
task-done = Completed
task-open = Not completed
task-entries = Needs and what you can share
task-entries-text = At most five entries, the most important first. They expire after twelve months unless you renew them.
task-languages = Languages and formats
task-languages-text = In which languages you can work, and how you would like to work together.
task-room = Room for partners and wishes
task-room-text = How many new partners you can take care of this year, and where you would like them to be.
task-return = What you give in return
task-return-text = Partners on both sides ask for it: what can they expect of you?
entry-new = A new entry
entry-add = Add
entry-up = Move up
entry-renew = Renew
entry-remove = Remove
entry-full = Five entries are the most. Remove one before you add another.
entry-expires = until { $date }
nobody-offers-this = Nobody abroad offers this in public yet; we will write when somebody does.
nobody-needs-this = Nobody abroad looks for this in public yet; we will write when somebody does.
stated-by =
    { $count ->
        [one] { $n } municipality on the other side states what meets it.
       *[other] { $n } municipalities on the other side state what meets it.
    }
choose = Choose
none-chosen = not chosen
field-direction = What is it?
field-subarea = What is it about?
field-level = How far along are you?
field-statement = In one or two sentences
field-audience = Who may read them
field-interpreter = Interpreter
field-format = How you would like to work together
field-openness = Are you looking for partners?
field-capacity = New partners this year, at most
field-size = Sizes you would like
statement-hint = Up to { $most } characters. Leave out addresses, capacities, plans, coordinates and dates of visits.
statement-long =
    { $count ->
        [one] Shorten it by { $n } character
       *[other] Shorten it by { $n } characters
    }
direction-wrong = Say whether it is a need, an offer or an exchange
subarea-wrong = Choose what it is about
level-wrong = Say how far along you are
audience-default = As usual for this area
audience-hint = Needs of hromadas in energy, water, safety, health and digital government start with verified members: others see the area alone.
interpreter-yes = An interpreter is at hand
fluency-a2 = A2, greetings
fluency-b1 = B1, we can follow a meeting
fluency-b2 = B2, we can work in it
fluency-c1 = C1 or native
profile-is-public = Public
profile-is-not-public = Not public yet
profile-is-draft = Draft
profile-draft = Your claim waits for an officer. Meanwhile you can write the profile here; nobody else sees it, and it becomes the profile when the claim is accepted.
profile-publish = Publish the profile
profile-withdraw = Take the profile back from the public
profile-missing-public = Partners would look for this as well:
missing-need = a need
missing-offer = something you can share
missing-language = a working language
missing-contact = somebody to turn to
profile-matches-preview = As it will be once the profile is public.
profile-new-partners =
    { $count ->
        [one] { $n } of your twenty best partners is new.
       *[other] { $n } of your twenty best partners are new.
    }
task-contacts = Contacts
task-contacts-text = Whom partners turn to, and a substitute, for people leave and fall ill. Contacts are never public.
task-start = Begin on one page
task-start-text = One need, something you can share, a language and a contact: with that the profile can be published. You can say more in every part later.
start-button = Publish
entry-edit-text = Saving renews the entry for twelve months.
entry-twice = You state this already: change that entry
field-need = What do you need most?
field-offer = What can you share?
field-need-statement = The need in one or two sentences
field-offer-statement = What you share, in one or two sentences
field-speaks = Working language
field-fluency = How well you work in it
field-wishes = Country you would like
field-text-language = Language of this text
field-in-another-language = The same in another language (optional)
text-language-twice = Choose another language: there is a text in this one
field-return = What you give in return
field-contact-name = Name of the contact
field-contact-position = Position
field-contact-email = E-mail address of the contact
field-contact-phone = Phone
field-contact-for = Who may see it
contact-for-partner = Partners, once both sides are interested
contact-for-verified = Members of all verified municipalities
contact-name-wrong = Write the name of a person or an office
contact-phone-wrong = Write a phone number, such as +380 462 123456

# Account pages
account-you = You
account-office = Your office
account-data = Letters and data
account-download = Everything stored about you, as a file
changed-letters = Saved.
changed-invitation = Your answer is noted.
invitation-text = You are asked to speak for { $name }.
invitation-accept = Accept
invitation-decline = Decline
letters-title = Which letters you get
letters-text = Letters about your account, your claims and what others ask of you always come. These you can do without:
field-topic = Letters
letters-digest = Once a week: who states what meets your profile, and which entries run out
letters-queue = Once a day, for officers: what waits to be decided
unsubscribe-title = Fewer letters
unsubscribe-text = You get no more letters of this kind: { $topic }.
unsubscribe-button = Stop these letters
unsubscribe-done = Done. No more letters of this kind: { $topic }.
erase-title = Erase your account
erase-text = Your name, address, claims, letters and contacts are taken out of every table, and you speak for no municipality any more. What you did stays in the log under a number. This cannot be undone.
erase-button = Erase my account
account-last-admin = Somebody has to administer the platform: make somebody else an administrator first.
unsent-told = We kept what you had written on { $when }.
unsent-discard = Discard it

# Members
members-title = Members
members-text = Who speaks for the municipality. Invite a second person: people leave and fall ill. Before somebody who signs leaves, another has to sign.
members-none = Nobody yet.
member-promote = May sign as well
member-demote = No longer signs
member-end = End
member-leave = Leave
member-asked = asked, can accept until { $date }
member-invite = Invite
member-invite-title = Invite somebody
member-last = Somebody has to sign for the municipality: let another member sign first.
field-member-name = Name
field-role = What they may do

# Hiding
hiding-title = Hide everything at once
hiding-text = When what the municipality states could put people at risk: its needs, offers, texts and contacts disappear from all pages, files and suggestions within a second, and all its members are signed out. What public registers say of it stays. Only two officers together show it again.
hiding-button = Hide everything now
hiding-agree = Agree to show it again
hiding-since = Hidden since { $date }.
hiding-agreed = { $name } has agreed to show it again; a second officer is needed.
hiding-done = Everything is hidden, and all members are signed out. Write to an officer when it can be shown again.
profile-hidden = Everything is hidden: nobody else sees this profile until two officers show it again.

# Corrections
correction-title = Something is wrong here
correction-text = Tell officers what is wrong, with a source; they check it and answer by letter.
field-about = What is it about?
request-population = The population
request-tie = A partnership that is not recorded
request-other = Something else
request-missing = A municipality that is not listed
field-value = What is right
value-hint = The number of people; or the partner, by the end of its address here, such as “swidnik”; or in a few words
field-year = Year
field-source = Source
source-hint = Where it can be read
request-button = Send to the officers
request-sent = Thank you. Officers look at it.
about-wrong = Say what it is about
value-wrong = Write what is right
source-wrong = Say where it can be read
year-wrong = Write a year, such as 2025
people-wrong = Write the number of people in digits
partner-wrong = Name the partner
missing-title = A municipality is not listed
missing-text = The directory has municipalities of Ukraine, the EU, EFTA, the United Kingdom and the candidate countries. Tell us which one is missing.
field-missing-name = Its name
field-missing-country = Its country
missing-source-hint = Its website, for example
missing-email-hint = If you would like an answer
missing-name-wrong = Write the name of the municipality
missing-country-wrong = Write the country
evidence-title = Evidence for the claim
evidence-link = Show evidence
evidence-lede = The more an officer can check, the sooner the claim is decided. Officers see what you show here, and nobody else.
evidence-code-title = Code from the official address
evidence-no-address = The claim names no official address, so no code can be sent.
evidence-not-sent = We can send a code to { $address }. Whoever reads the mail there passes it on to you.
evidence-code-sent = A code was sent to { $address } on { $day }. It works for seven days.
evidence-code-given = The code sent to { $address } was given back on { $day }.
evidence-confirmed = Code given back
evidence-send = Send a code
evidence-send-again = Send a new code
evidence-code = The code from that letter
evidence-give = Give the code
evidence-code-wrong = This is not the code, or it is older than seven days. Look at the latest letter, or send a new one.
evidence-files-title = Letter or decision of the council
field-file = A file
evidence-file-hint = PDF, JPEG or PNG, up to 5 MB. Never an identity document.
evidence-add = Add the file
evidence-remove = Remove
evidence-file-none = Choose a file
evidence-file-kind = Only PDF, JPEG and PNG are taken. Save the document as a PDF and choose it again.
evidence-file-large = The file is too large: up to 5 MB, and pictures up to 24 megapixels. Choose a smaller one.
evidence-file-broken = The file cannot be read to its end. Save it again and choose it anew.
evidence-file-many = There are { $most } files already; remove one first.
evidence-places-title = Places that belong to it
field-place = Which of these belong to your municipality and have no council of their own?
evidence-places-hint = The directory lists them apart; an officer puts them together with yours.
field-join = Put these together with it
queue-join-hint = Their addresses and names lead to the municipality from then on. Tick only what you have checked.
evidence-none-sent = No code was sent to { $address }.
evidence-no-letters = This site sends no letters, so no code can go to { $address }.
