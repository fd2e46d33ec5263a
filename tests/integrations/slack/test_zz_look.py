from tests.integrations.slack.test_drafts import *
def test_look(office):
    ws=office.ws; sekar=office.users["sekar"]; home=office.dm("sekar")
    place = ws.add_channel("akun", [sekar, office.users["ratna"]])
    made, th = from_channel(office, place)
    ws.click(sekar, "draft_canvas", channel=home, ts=made["ts"])
    office.idle()
    ws.click(sekar, "draft_share", channel=home, ts=made["ts"])
    office.idle()
    print("=== whisper\n", whispered(office, place, "sekar"))
    for m in ws.messages(home): 
        print("--- dm", m["ts"], m.get("thread_ts"), [f["name"] for f in m.get("files") or []]); print(ws.text_of(m))
    for m in ws.messages(place): print("--- ch", m["ts"], m.get("thread_ts")); print(ws.text_of(m)[:600])
    ws.open_home(office.users["ratna"]); ws.wait(lambda: ws.home(office.users["ratna"])); print(ws.text_of(ws.home(office.users["ratna"])))
    print(ws.canvases()[0]["markdown"][:1500])
    ts=ws.post(office.users["bimo"], office.dm("bimo"), "service review Graha Medika Q3 2026 for the customer please")
    made=draft(office, office.dm("bimo"), ts); print(ws.text_of(made))
    for c in ws.calls:
        if "tream" in c.method: print(c.method, str(c.args)[:300])
