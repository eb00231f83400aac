// Elements whose text has a contrast of less than 4.5 to 1, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
(() => {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  function luminance(color) {
    const [red, green, blue] = channels(color).map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  function background(element) {
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? background(element.parentElement) : backgroundColor;
  }
  function contrast(element) {
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(background(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }
  const hasText = ({ childNodes }) =>
    [...childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== "");
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && hasText(element) && contrast(element) < 4.5)
    .map((element) => `${element.outerHTML}: ${contrast(element).toFixed(2)}`);
})();
