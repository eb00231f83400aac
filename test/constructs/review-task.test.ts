import { ReviewTask } from "../../constructs/review-task";
import { define } from "../support/define";

test("the key is no write-only value, which a plan of this version would find new each time", () => {
  const { resource } = define((stack) => {
    new ReviewTask(stack, "review", { url: "https://review.acme.example", hmacKey: "${var.review_key}" });
  });

  expect(resource["tfe_organization_run_task"]?.["review"]).toMatchObject({
    hmac_key: "${var.review_key}",
    enabled: true,
  });
  expect(resource["tfe_organization_run_task"]?.["review"]).not.toHaveProperty("hmac_key_wo");
});
