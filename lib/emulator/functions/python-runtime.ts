/** Runs a handler in Python as Lambda's runtime does: one line of JSON per invocation on stdin, one per answer on the file descriptor 3. */
export const PYTHON_RUNTIME = `
import importlib, json, os, sys, time
sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
replies = os.fdopen(3, "w")

def reply(message):
    replies.write(json.dumps(message) + "\\n")
    replies.flush()

class Client:
    pass

class Context:
    def __init__(self, call):
        self.aws_request_id = call["requestId"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = "$LATEST"
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:" + self.function_name
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = "local"
        self.identity = None
        self.client_context = None
        self._deadline = call["deadline"]
        if call.get("clientContext") is not None:
            self.client_context = Client()
            for name in ("client", "custom", "env"):
                setattr(self.client_context, name, call["clientContext"].get(name))

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))

try:
    module, _, name = os.environ["_HANDLER"].rpartition(".")
    handler = getattr(importlib.import_module(module.replace("/", ".")), name)
except BaseException as error:
    reply({"type": "init-failed", "message": type(error).__name__ + ": " + str(error)})
    sys.exit(1)
reply({"type": "ready"})
for line in sys.stdin:
    call = json.loads(line)
    try:
        payload = json.dumps(handler(call["event"], Context(call)))
        reply({"type": "result", "id": call["id"], "payload": payload})
    except BaseException as error:
        reply({"type": "failed", "id": call["id"], "kind": "error", "message": type(error).__name__ + ": " + str(error)})
`;
