"""Notebooks that a runner easily gets wrong; each is compared with a stock kernel's copy."""

from tests.engine.making import Cell

TRICKY: dict[str, list[Cell]] = {
    "state": [
        "import sys\nsys.path, sys.argv[0], sys.getrecursionlimit()",
        "sorted(globals())",
        "__name__, globals().get('__file__'), type(get_ipython()).__mro__",
        "import os, signal, logging, gc\n"
        "[os.environ.get(n) for n in ('TERM', 'FORCE_COLOR', 'MPLBACKEND', 'PAGER')]",
        "signal.getsignal(signal.SIGINT), logging.getLogger().handlers, gc.isenabled()",
        "%lsmagic",
        "get_ipython().colors, get_ipython().loop_runner, get_ipython().history_manager.hist_file",
        "import asyncio\nasyncio.get_running_loop().is_running()",
        "sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.writable(), os.getcwd() != ''",
        "import builtins\nsorted({*dir(builtins)} - {'runfile', 'execfile'})",  # a debugger's
        "type(input).__name__",
        "_, __, _1[1], In[1], len(Out), _i",
        "%whos str",
        "%history -n 1-3",
    ],
    "streams": [
        "import sys, time\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')",
        "print('e', file=sys.stderr)\nprint('f')",
        "print('x', flush=True)\nprint('y', flush=True)\nprint('z')",
        "print('a')\ndisplay(1)\nprint('b')\ndisplay(2)",
        "sys.stdout.write('no end of line')",
        "print('a\\rb\\x08')",
        "sys.stdout.write('中\\n')\nsys.stderr.write('€')",
        "import os, subprocess\nprint('before')\n"
        "subprocess.run(['echo', 'in'])\ntime.sleep(0.2)\nprint('after')",
        "os.write(1, b'raw\\n')\ntime.sleep(0.2)",
        "!echo shell",
        "%%bash\necho script\necho wrong >&2",
        "lines = !echo kept\nlines",
        "import threading\n"
        "def work():\n    print('thread')\n    display('shown')\n"
        "t = threading.Thread(target=work)\nt.start()\nt.join()",
        "import logging\nlogging.warning('logged')",
        "pid = os.fork()\nif pid == 0:\n    print('forked', flush=True)\n    time.sleep(0.2)\n"
        "    os._exit(0)\nos.waitpid(pid, 0)\ntime.sleep(0.3)",
        "from contextlib import redirect_stdout\nimport io\n"
        "with redirect_stdout(io.StringIO()) as kept:\n    print('hidden')\nkept.getvalue()",
        "sys.stdout.buffer",
    ],
    "displays": [
        "from IPython.display import HTML, Image, JSON, Latex, Markdown, clear_output, display\n"
        "from IPython.display import update_display\n"
        "handle = display(HTML('<b>x</b>'), display_id='one')",
        "display(HTML('y'), display_id='one')",
        "update_display(HTML('<i>z</i>'), display_id='one')",
        "handle = display('first', display_id='two')\nhandle.update('second')",
        "display({'text/plain': 'p', 'application/json': {'a': (1, 2), 3: 4}}, raw=True)",
        "print('gone')\nclear_output()\nprint('stays')",
        "print('gone')\nclear_output(wait=True)\nprint('later')",
        "print('stays')\nclear_output(wait=True)",
        "display(Markdown('# x'), Latex('$x$'), JSON({'a': 1}))",
        "class Rich:\n"
        "    def _repr_html_(self):\n        return '<p>'\n"
        "    def _repr_png_(self):\n        return b'\\x89PNG\\r\\n\\x1a\\nxxxx'\n"
        "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
        "        return {'application/x+json': {'k': 1}}, {'application/x+json': {'m': 2}}\n"
        "Rich()",
        "class Broken:\n    def _repr_html_(self):\n        raise ValueError('bad')\nBroken()",
        "display(1, metadata={'x': 1})",
        "Image(data=b'\\x89PNG\\r\\n\\x1a\\nabc')",
        "%%capture kept\nprint('x')\n1",
        "kept.stdout, kept.outputs",
        "%%html\n<b>",
        "len?",
        "get_ipython().set_next_input('x')",
        "get_ipython().run_cell('7 * 7').result",
        "display({'text/plain': object()}, raw=True)",
    ],
    "values": [
        "class A:\n    '''d'''\n    def __repr__(self):\n        return 'A!'\nA(), A, [A()]",
        "2**100, 'x' * 300, b'x', 1.0, float('nan'), ...",
        "list(range(2000))",
        "'a';",
        "",
        "# only a comment",
        "import pickle\ntype(pickle.loads(pickle.dumps(A()))).__module__",
        "import inspect\ndef f(a):\n    return a\nprint(inspect.getsource(f))",
        "f.__code__.co_filename.split('/')[1].split('_')[0], f.__module__",
        "import warnings\nwarnings.warn('w')",
        "warnings.warn('old', DeprecationWarning)",
        "def g():\n    warnings.warn('in g', stacklevel=2)\ng()\ng()",
        "import polars as pl\nframe = pl.DataFrame({'a': [1, 2], 'b': ['x', 'y']})\nframe",
        "frame.lazy().filter(pl.col('a') > 1).collect()",
        "import altair as alt\nalt.Chart(frame).mark_bar().encode(x='a:Q', y='b:N')",
        "frame.select('zz')",
    ],
    "magics": [
        "%load_ext autoreload\n%autoreload 2",
        "%env AIDKIT_TEST=3",
        "import os\nos.environ['AIDKIT_TEST']",
        "%precision 3\n3.14159",
        "%timeit -n1 -r1 -q 1",
        "x = 1\n%store x",
        "%matplotlib inline",
        "ip = get_ipython()\nip.events.register('post_run_cell', lambda _: print('post'))",
        "1",
        "ip.input_transformers_cleanup.append(lambda ls: [l.replace('FOO', '42') for l in ls])",
        "FOO",
        "%reset -f",
        "sorted(dir())",
        "%xmode Plain",
        "%nosuch",
    ],
    "awaits": [
        "import asyncio\nawait asyncio.sleep(0.01)\nprint('slept')",
        "async def f():\n    return 5\nawait f()",
        "task = asyncio.create_task(asyncio.sleep(0, 'r'))",
        "await task",
        "async def g():\n    yield 1\n    yield 2\n[x async for x in g()]",
        "for i in range(2):\n    print(await asyncio.sleep(0, i))",
        "asyncio.run(f())",
    ],
    "tags": [
        ("1/0", ["raises-exception"]),
        "print('goes on')",
        ("raise KeyError('x')", ["raises-exception"]),
        ("undefined", ["skip-execution"]),
        "5",
    ],
    "error": [
        "print('before')",
        "def f(n):\n    if n == 0:\n        1/0\n    f(n - 1)\nprint('now')\nf(20)",
        "print('after')",
    ],
    "chained": [
        "try:\n    {}['k']\nexcept KeyError as e:\n    raise ValueError('资助\\n标准') from e"
    ],
    "group": ["raise ExceptionGroup('eg', [ValueError(1), TypeError('t')])"],
    "syntax": ["x = 1", "a b c", "2"],
    "await_error": ["import asyncio\nawait asyncio.sleep(0)\nraise ValueError('awaited')"],
    "broken_repr": ["class R:\n    def __repr__(self):\n        raise ValueError('r')\nR()", "2"],
    "custom_error": [
        "get_ipython().set_custom_exc((ZeroDivisionError,), lambda *_, **__: print('custom'))",
        "1/0",
        "2",
    ],
    "exit_0": ["import sys\nsys.exit()", "print(2)"],
    "exit_3": ["import sys\nsys.exit(3)", "print(2)"],
    "interrupted": ["raise KeyboardInterrupt", "2"],
    "signalled": [
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nfor _ in range(10**7):\n    pass",
        "2",
    ],
    "asks": ["ask = vars(__builtins__)['in' 'put']\nask('name? ')", "2"],
    "script_fails": ["%%sh\nexit 3", "2"],
}
