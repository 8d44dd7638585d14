/// What made the fixture: between them these requests cause every event, and leave some of everything in the state.
enum FixtureScript {
    /// Before the snapshot.
    static let first = """
        DEPT ADD sales title="Sales and more" strategy=round_robin ageing=90s retry=20s grace=30s reopen=yes slot=until_answered max_paused=3 offline=requeue ticket.strategy=least_loaded ticket.ageing=none chat.retry=5s call.offline=release call.grace=10s call.reopen=no chat.strategy=longest_idle call.strategy=max_utilisation
        DEPT ADD support strategy=round_robin
        DEPT ADD desk strategy=manual
        DEPT ADD gone rid=gone-1
        DEPT SET support title=Support chat.ageing=10s call.retry=7s ticket.offline=release ticket.grace=15s ticket.reopen=yes ticket.retry=30s
        DEPT REMOVE gone
        AGENT ADD ann depts=sales:2,support:1 name="Ann Lee" role=supervisor ticket=3 chat=2 call=1 max_open=9
        AGENT ADD bob depts=sales,support ticket=2
        AGENT ADD cid depts=support,desk role=admin
        AGENT ADD dan depts=sales
        AGENT ADD eve depts=desk
        AGENT ADD fay depts=support:3
        AGENT SET bob name="Bob Ray" role=owner ticket=4 chat=1 call=2 max_open=8 depts=sales:1,support:2,desk:3
        AGENT ONLINE ann
        AGENT ONLINE bob
        CLOCK ADVANCE 1s
        TICKET OPEN channel=ticket dept=support subject="A broken lamp" body="It does not shine, größer: \\"x\\"" from=eva@example.com source=email priority=2 tags=vip,late ref=mail-1 field.Order=A-1 field.city=Ulm
        TICKET OPEN channel=chat dept=sales from=kim
        TICKET OPEN channel=call dept=sales
        TICKET OPEN channel=ticket dept=sales agent=dan subject="For Dan" priority=9
        TICKET OPEN channel=ticket dept=desk subject=Waits
        TICKET REPLY 1 by=ann body="On its way"
        TICKET MESSAGE 1 body="Thank you" ref=mail-2 from=other@example.com
        TICKET NOTE 1 by=bob body="a good customer"
        TICKET SET 1 priority=1 subject="The lamp" tags=+urgent,-late field.Order=A-2 field.city= by=bob
        TICKET ASSIGN 5 cid by=ann
        TICKET RELEASE 5 by=cid
        TICKET OPEN channel=ticket dept=sales body=slot
        TICKET REPLY 6 by=bob body="freed"
        TICKET OPEN channel=ticket dept=support body=two
        TICKET OPEN channel=ticket dept=support body=three
        TICKET TRANSFER 7 dept=sales agent=bob by=ann note=better
        TICKET TRANSFER 8 dept=desk by=ann
        TICKET RELEASE 2
        TICKET RESOLVE 3 by=ann
        TICKET REOPEN 3 by=ann
        TICKET OPEN channel=ticket dept=support body=sleeps
        TICKET POSTPONE 9 for=5s by=ann
        CLOCK ADVANCE 6s
        TICKET OPEN channel=ticket dept=support body=wakes
        TICKET POSTPONE 10 for=5s
        AGENT PAUSE ann reason=lunch for=10m kind=return channels=ticket,chat
        AGENT PAUSE bob kind=drain
        CLOCK ADVANCE 6s
        AGENT RESUME bob
        TICKET RESOLVE 1
        TICKET MESSAGE 1 body="again"
        DEPT SET support delivery_details=1s
        DELIVERY SET 1 3 status=scheduled
        DELIVERY SET 1 3 status=failed reason="mailbox full" detail="452 4.2.2 mailbox full"
        WORK LOG 1 by=bob time=15m note="by phone" billable=yes at=1999-12-31T00:00:00Z rid=work-1
        WORK START 1 by=bob
        WORK START 1 by=fay billable=yes
        TICKET SET 4 priority=8
        AGENT SET dan depts=support
        AGENT ONLINE fay
        TICKET OPEN channel=chat dept=support body=fay
        AGENT OFFLINE bob
        AGENT ONLINE cid
        CLOCK ADVANCE 40s
        CLOCK ADVANCE 70s
        AGENT ONLINE bob
        AGENT RESUME ann
        TICKET OPEN channel=call dept=support
        TICKET OPEN channel=ticket dept=desk body=skip
        TICKET ASSIGN 13 cid
        TICKET RELEASE 13 by=cid
        TICKET TRANSFER 13 dept=support by=bob
        TICKET OPEN channel=ticket dept=desk body="new, and postponed"
        TICKET POSTPONE 14 for=1h
        TICKET OPEN channel=ticket dept=support agent=dan
        TICKET ASSIGN 5 cid
        TICKET RELEASE 5
        AGENT REMOVE eve
        AGENT OFFLINE cid
        AGENT PAUSE dan reason=away
        TICKET NEXT by=bob rid=next-1
        TICKET OPEN channel=ticket dept=support agent=dan rid=open-1
        TICKET RESOLVE 12 rid=resolve-1
        TICKET MESSAGE 1 body=again source=email ref=mail-2 rid=twice-1
        DEPT ADD one
        AGENT ADD gil depts=one ticket=1
        AGENT ONLINE gil
        TICKET OPEN channel=ticket dept=one
        TICKET OPEN channel=ticket dept=one
        TICKET RESOLVE 17 rid=next-2
        TICKET OPEN channel=ticket dept=desk body=source priority=1 tags=blue from=kim
        CLOCK ADVANCE 1s
        TICKET OPEN channel=ticket dept=desk body=target priority=8 tags=red
        TICKET REPLY 20 by=cid body="Which one?"
        TICKET MERGE 19 into=20 by=bob
        TICKET UNMERGE 19 by=bob
        TICKET POSTPONE 19 for=2h
        TICKET MERGE 19 into=20
        TICKET UNMERGE 19
        TICKET MERGE 19 into=20
        TICKET OPEN channel=ticket dept=sales body=answered
        TICKET REPLY 21 by=bob body="freed too"
        TICKET MERGE 21 into=20
        TICKET SPLIT 1 messages=1 dept=desk agent=cid subject="The lamp alone" by=bob
        TICKET SPLIT 1 auto=yes dept=desk weight=2
        TICKET OPEN channel=ticket dept=desk body=unwanted
        TICKET SPAM 24 by=bob
        TICKET DELETE 24
        TICKET OPEN channel=ticket dept=desk body=forgotten
        TICKET PURGE 25 by=bob
        CONVERSATION ADD 1 title="The old lamp" by=bob
        CONVERSATION ADD 1 title="Among us" internal=yes
        TICKET NOTE 1 by=bob body="a long story" conversation=2
        TICKET MESSAGE 1 body="and the old one?" conversation=1
        TICKET REPLY 1 by=bob body="keep it" conversation=1
        TICKET SET 1 participants=+fay,+cid,+gil followers=+agent:fay,+max@example.com,+agent:cid description="A lamp that broke" by=bob
        TICKET SET 1 participants=-gil followers=-agent:cid by=ann
        TICKET RATE 1 score=2 comment="too late" from=max@example.com
        TICKET RATE 1 score=4 comment="not so bad" from=max@example.com
        ATTACHMENT ADD 1 3 name=lamp.png type=image/png size=12345 checksum=sha256:00ff url=https://files.example.com/lamp.png by=bob
        DEPT SET support delivery_details=40d
        DELIVERY SET 1 3 status=failed reason="unknown mailbox" detail="550 5.1.1 no such user" at=2000-01-01T00:00:00Z
        WORK STOP 1 by=bob note=done
        TASK ADD 1 title="Send a new lamp" agent=bob by=fay
        TASK ADD 1 title="Ask the maker"
        TASK ADD 1 title="Left out"
        TASK SET 1 1 done=yes by=bob
        TASK SET 1 2 agent=fay title="Ask the maker again" done=yes
        TASK SET 1 2 done=no
        TASK REMOVE 1 3 by=bob
        VIEW SAVE urgent filter="priority <= 2 and status in (new, open)" sort=priority,-created_at title="Urgent ones"
        VIEW SAVE by-dept filter="age > 8h" group=dept owner=bob
        VIEW SAVE shared filter="agent = me" owner=cid shared=yes
        VIEW SAVE short filter="id > 0"
        VIEW REMOVE short
        DEPT ADD floor wrapup=30s call.wrapup=1h
        AGENT ADD pat depts=floor
        AGENT ONLINE pat
        TICKET OPEN channel=chat dept=floor
        TICKET RESOLVE 26 by=pat
        AGENT READY pat
        TICKET OPEN channel=call dept=floor
        TICKET RESOLVE 27 by=pat
        AGENT ADD quin depts=floor pause_budget=1h utc_offset=+02:00
        AGENT ADD rob depts=floor
        AGENT ADD sam depts=floor role=supervisor
        AGENT SET pat pause_budget=30m utc_offset=-01:30
        AGENT PAUSE quin by=sam reason=short
        CLOCK ADVANCE 1m
        AGENT RESUME quin
        AGENT PAUSE quin by=sam
        AGENT PAUSE pat when=after reason=lunch for=10m kind=return channels=call by=sam
        DEPT SET floor max_paused=2
        AGENT PAUSE rob queue=yes when=after
        AGENT ADD tom depts=floor
        AGENT ONLINE tom
        SCHEDULE ADD tom at=00:10 for=30m days=mon,sat channels=chat kind=return reason=tea
        SCHEDULE ADD tom at=10:00 for=1h
        SCHEDULE REMOVE tom 2
        SCHEDULE ADD pat at=20:00 for=1h days=sun channels=chat kind=return reason=tea
        CLOCK SET 2000-01-01T00:11:00Z
        DEPT ADD queue call.wrapup=1h
        AGENT ADD max depts=queue
        AGENT ONLINE max
        TICKET OPEN channel=call dept=queue
        SCHEDULE ADD max at=00:12 for=1h reason=tea
        CLOCK SET 2000-01-01T00:12:00Z
        AGENT LOGIN rob lease=10m
        AGENT LOGIN quin lease=2s
        CLOCK ADVANCE 2s
        AGENT HEARTBEAT quin
        CLOCK ADVANCE 10s
        AGENT PAUSE tom for=1s
        CLOCK ADVANCE 1s
        DEPT ADD phones assign=offer ring=20s offers=2 backoff=90s auto_pause=3 chat.strategy=ring_all call.assign=offer call.ring=10s call.offers=3 call.backoff=5s call.auto_pause=none
        AGENT ADD hal depts=phones
        AGENT ADD ida depts=phones
        AGENT ADD jon depts=phones
        AGENT ONLINE hal
        AGENT ONLINE ida
        TICKET OPEN channel=ticket dept=phones body=accepted rid=rings-1
        OFFER ACCEPT 29 by=ida
        TICKET OPEN channel=ticket dept=phones body=declined
        OFFER DECLINE 30 by=hal reason="in a meeting"
        DEPT ADD asks assign=offer strategy=round_robin
        AGENT ADD kay depts=asks ticket=1
        AGENT ONLINE kay
        TICKET OPEN channel=ticket dept=asks body=turns
        OFFER ACCEPT 31 by=kay
        TICKET OPEN channel=ticket dept=asks body=next
        TICKET RESOLVE 31 rid=next-offer
        TICKET OPEN channel=call dept=phones body=gone
        TICKET HANGUP 33
        CLOCK ADVANCE 10s
        AGENT ONLINE jon
        TICKET OPEN channel=chat dept=phones body=rings
        CLOCK ADVANCE 81s
        TICKET OPEN channel=call dept=phones body="rings at all"
        DEPT ADD hall max_queue=1 max_wait=10m overflow=phones when_empty=wait callback_tries=2 callback_delay=30s
        DEPT ADD closed when_empty=overflow overflow=message max_wait=none
        TICKET OPEN channel=call dept=hall from=+49301
        TICKET OPEN channel=call dept=hall from=+49302
        TICKET CALLBACK 36 phone=+49303
        AGENT ADD leo depts=hall
        AGENT ONLINE leo
        TICKET NOANSWER 36 by=leo
        TICKET OPEN channel=call dept=hall from=+49304
        TICKET OPEN channel=call dept=hall from=+49305
        DEPT SET hall overflow=callback
        DEPT ADD late assign=offer ring=30m max_wait=5m overflow=sales
        AGENT ADD mia depts=late
        AGENT ONLINE mia
        TICKET OPEN channel=chat dept=late
        CLOCK ADVANCE 10m
        AGENT PAUSE mia
        TICKET OPEN channel=chat dept=closed
        DEPT SET closed overflow=reject
        TICKET OPEN channel=call dept=hall from=+49306
        DEPT SET hall call.overflow=reject
        TICKET RESOLVE 38
        CLOCK ADVANCE 10s
        TICKET OPEN channel=ticket dept=hall
        TICKET OPEN channel=ticket dept=hall
        DEPT ADD quick max_wait=1s overflow=reject
        TICKET OPEN channel=ticket dept=quick body=rejected
        DEPT SET late max_wait=1s
        AGENT ADD nia depts=late
        AGENT ONLINE nia
        TICKET OPEN channel=chat dept=late body=overdue
        CLOCK ADVANCE 2s
        DEPT SET quick max_wait=none
        AGENT ADD ned depts=quick chat=1
        AGENT ONLINE ned
        TICKET OPEN channel=chat dept=quick
        TICKET OPEN channel=chat dept=quick
        TICKET OPEN channel=chat dept=quick
        TICKET OPEN channel=chat dept=quick
        TICKET RESOLVE 47
        CLOCK ADVANCE 1s
        TICKET RESOLVE 48
        DEPT ADD shy assign=offer backoff=1h
        AGENT ADD olu depts=shy
        AGENT ONLINE olu
        TICKET OPEN channel=chat dept=shy
        OFFER DECLINE 51 by=olu
        AGENT ONLINE cid
        AGENT OFFLINE cid
        DEPT ADD lots strategy=weighted call.strategy=random
        AGENT ADD uwe depts=lots:1 weight=30 position=7
        AGENT ADD vic depts=lots:1 weight=20
        AGENT ONLINE uwe
        AGENT ONLINE vic
        AGENT SET vic weight=50 position=3 skills=french:4
        DEPT SET lots tier_wait=90s relax=1h:2 last_agent=1h last_agent_wait=40s ticket.weight=1 ticket.answer_within=8h
        AGENT SET uwe exclusive=chat
        TICKET OPEN channel=ticket dept=lots from=zoe
        TICKET OPEN channel=chat dept=lots from=zoe
        AGENT SET uwe ticket=0
        AGENT SET vic ticket=0
        TICKET OPEN channel=ticket dept=lots from=zoe
        TICKET OPEN channel=ticket dept=lots skills=german:3 relax=10m:1
        TICKET OPEN channel=ticket dept=desk skills=french:2,german relax=15s
        CLOCK ADVANCE 15s
        TICKET SET 55 skills=german:9 relax=20m:3 weight=4 by=bob
        TICKET OPEN channel=ticket dept=lots
        TICKET OPEN channel=chat dept=lots
        TICKET OPEN channel=call dept=lots
        ROSTER ADD nights dept=floor agents=pat,quin,rob rotate=1m on_duty=2 channels=call,chat start=2000-01-01T00:00:30Z
        ROSTER ADD days dept=floor agents=pat rotate=8h
        ROSTER REMOVE days
        CLOCK ADVANCE 1m
        ROSTER SET nights duty=sam
        TICKET OPEN channel=ticket dept=desk body=skips weight=2
        TICKET ASSIGN 60 cid
        TICKET RELEASE 60 by=cid
        DEPT FORMER past n=1 title="The past"
        AGENT FORMER old n=1 name="Old one"
        AGENT ADD tmp depts=desk
        TICKET IMPORT '{"id":70,"dept":"desk","status":"postponed","wakes_as_new":true,"agent":"cid","postponed_until":"2000-01-05T00:00:00Z","absorbed":[{"ticket":71,"after":1,"span":1}],"created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}],"more":2}'
        TICKET IMPORT '{"id":72,"dept":"desk","status":"answered","slot_freed":true,"agent":"cid","created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}],"more":2}'
        TICKET IMPORT '{"id":73,"dept":"desk","wants":"cid","created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}],"more":2}'
        TICKET IMPORT '{"id":74,"dept":"desk","status":"merged","merged":{"into":99},"created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}]}'
        TICKET IMPORT '{"id":75,"dept":"desk","status":"resolved","absorbed":[{"ticket":98,"after":1,"span":1}],"created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}]}'
        TICKET IMPORT '{"id":76,"dept":"desk","status":"open","agent":"tmp","created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}],"more":2}'
        TICKET IMPORT '{"id":77,"dept":"desk","wants":"tmp","created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}],"more":2}'
        AGENT REMOVE tmp
        TICKET IMPORT '{"id":76,"created_at":"1999-06-01T10:00:00Z","thread_from":2,"thread":[{"at":"1999-06-01T10:01:00Z","kind":"note","by":"cid","body":"y"}]}'
        TICKET IMPORT '{"id":77,"created_at":"1999-06-01T10:00:00Z","thread_from":2,"thread":[{"at":"1999-06-01T10:01:00Z","kind":"note","by":"cid","body":"y"}]}'
        TICKET IMPORT '{"id":78,"dept":"desk","status":"merged","merged":{"into":79},"created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}]}'
        TICKET IMPORT '{"id":79,"dept":"past#1","status":"resolved","agent":"old#1","absorbed":[{"ticket":78,"after":1,"span":1}],"created_at":"1999-06-01T10:00:00Z","thread":[{"at":"1999-06-01T10:00:00Z","kind":"message","body":"x"}]}'
        """

    /// What the first part leaves must be whole when these are done.
    static let last = """
        TICKET OPEN channel=ticket dept=support body="after the snapshot" ref=late-1
        TICKET RELEASE 11
        TICKET POSTPONE 8 until=2000-01-02T00:00:00Z
        AGENT PAUSE ann reason="for long" for=8h
        TICKET NOTE 8 by=cid body=note
        AGENT OFFLINE fay
        """
}
