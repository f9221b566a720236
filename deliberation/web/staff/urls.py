"""Where staff goes to sign in, and to say how."""

from django.urls import path

from deliberation.web.staff import again, app, by, codes, how, passkeys, password, places, second

app_name = "staff"
urlpatterns = [
    path("sign-in/second/", second.Second.as_view(), name="second"),
    path("sign-in/second/asked/", second.Asked.as_view(), name="second_asked"),
    path("sign-in/passkey/", passkeys.SignIn.as_view(), name="passkey"),
    path("sign-in/passkey/asked/", passkeys.Asked.as_view(), name="passkey_asked"),
    path("sign-in/by/", by.By.as_view(), name="by"),
    path("sign-in/by/back/", by.Back.as_view(), name="by_back"),
    path("account/", how.How.as_view(), name="how"),
    path("account/again/", again.Again.as_view(), name="again"),
    path("account/again/asked/", again.Asked.as_view(), name="again_asked"),
    path("account/app/", app.App.as_view(), name="app"),
    path("account/codes/", codes.Codes.as_view(), name="codes"),
    path("account/codes/recovery-codes.txt", codes.CodesFile.as_view(), name="codes_file"),
    path("account/codes/kept/", codes.Kept.as_view(), name="codes_kept"),
    path("account/passkeys/", passkeys.Adding.as_view(), name="adding"),
    path("account/passkeys/asked/", passkeys.AddingAsked.as_view(), name="adding_asked"),
    path("account/remove/<int:pk>/", how.Removing.as_view(), name="removing"),
    path("account/password/", password.Password.as_view(), name="password"),
    path("account/browsers/<int:pk>/end/", places.Ending.as_view(), name="ending"),
    path("account/browsers/end-others/", places.EndingOthers.as_view(), name="ending_others"),
    path("account/part/", how.Parting.as_view(), name="parting"),
]
